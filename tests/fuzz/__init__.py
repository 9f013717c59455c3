"""Programs that look for what nobody thought of; not part of the quick tests."""
