"""One reader a syntax; ``model`` puts them together."""

from artlint.document.front_matter import Fault, Field, FrontMatter
from artlint.document.model import Body, Document

__all__ = ["Body", "Document", "Fault", "Field", "FrontMatter"]
