"""Rules that need Python, one file a family; a new file here is found by itself."""
