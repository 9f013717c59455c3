"""The names of the output formats, apart from the reporters so that `--help` imports none of them."""

FORMATS = ("full", "concise", "json")
