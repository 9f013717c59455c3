"""One reader a syntax; ``model`` puts them together."""

from artlint.document.body import Body
from artlint.document.fields import Fault, Field, Node, Value
from artlint.document.front_matter import FrontMatter
from artlint.document.model import Document

__all__ = ["Body", "Document", "Fault", "Field", "FrontMatter", "Node", "Value"]
