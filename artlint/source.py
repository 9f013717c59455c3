"""The text of an article as read, with everything needed to write it back byte for byte."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cached_property, lru_cache
from typing import NamedTuple

from artlint.errors import SourceError

BOM = "\ufeff"


class Span(NamedTuple):
    """Half-open ``[start, end)`` code-point offsets into the source text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character, or an empty one lies strictly inside the other."""
        if self == other:
            return True
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def moved(self, by: int) -> Span:
        """The span so many characters further on."""
        return Span(self.start + by, self.end + by)


class Position(NamedTuple):
    """A 1-based line and column (in code points) for people."""

    line: int
    column: int


class Source:
    """An article's text with ``\\n`` newlines, and how it was spelled in bytes.

    ``text`` never starts with a byte-order mark; ``bom`` says whether the file did. ``newline`` is
    the style that most lines of the file use. ``original`` is the text exactly as it came. ``encoding``
    is the name of the encoding of its bytes; what artlint writes is UTF-8.
    """

    def __init__(
        self,
        text: str,
        path: str = "article.md",
        newline: str = "\n",
        bom: bool = False,
        original: str = "",
        encoding: str = "UTF-8",
    ) -> None:
        self.text = text
        self.path = path
        self.newline = newline
        self.bom = bom
        self.original = original
        self.encoding = encoding

    @classmethod
    def from_text(cls, text: str, path: str = "article.md", encoding: str = "UTF-8") -> Source:
        """Make a source of a string with newlines of any style, with or without a BOM."""
        original = text
        bom = text.startswith(BOM)
        if bom:
            text = text[1:]
        if "\r" not in text:
            return cls(text, path, bom=bom, original=original, encoding=encoding)
        crlf = text.count("\r\n")
        counts = {"\n": text.count("\n") - crlf, "\r\n": crlf, "\r": text.count("\r") - crlf}
        newline = max(counts, key=lambda style: counts[style])
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return cls(text, path, newline, bom, original, encoding)

    @classmethod
    def from_bytes(cls, data: bytes, path: str = "article.md", convert: bool = False) -> Source:
        """Decode a file: UTF-8, or with ``convert`` another encoding that can be recognised.

        Raises SourceError when it is binary or in an encoding that is not to be converted.
        """
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            return cls._converted(data, path, error, convert)
        if text.isascii() and ("\x1b$" in text or "+" in text):
            from artlint.encodings import recognise_ascii

            encoding = recognise_ascii(data)
            if encoding and convert:
                return cls.from_text(data.decode(encoding[1]), path, encoding[0])
            if encoding:
                raise SourceError(_FOREIGN.format(encoding[0]))
        _check_text(text)
        return cls.from_text(text, path)

    @classmethod
    def _converted(cls, data: bytes, path: str, error: UnicodeDecodeError, convert: bool) -> Source:
        from artlint.encodings import UTF_16_MARKS, UTF_32_MARKS, recognise

        is_marked = data.startswith((*UTF_16_MARKS, *UTF_32_MARKS))
        if b"\0" in data[:8192] and not is_marked:
            raise SourceError("binary file, not an article")
        encoding = recognise(data)
        if encoding and convert:
            name, codec = encoding
            text = data.decode(codec)
            _check_text(text)
            return cls.from_text(text, path, name)
        raise SourceError(_decoding_message(data, error, encoding[0] if encoding else ""))

    def with_text(self, text: str) -> Source:
        """The same file with another text."""
        return Source(text, self.path, self.newline, self.bom)

    def with_path(self, path: str) -> Source:
        """The same file under another name."""
        return Source(self.text, path, self.newline, self.bom, self.original, self.encoding)

    def spell(self, text: str) -> str:
        """``text`` with the BOM and the newline style of this source; the original where it is the same."""
        if text == self.text and self.original:
            return self.original
        if self.newline != "\n":
            text = text.replace("\n", self.newline)
        return BOM + text if self.bom else text

    def position(self, offset: int) -> Position:
        """The line and column of a code-point offset; lines count from the top of the file."""
        starts = self._starts
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    @cached_property
    def _starts(self) -> list[int]:
        return line_starts(self.text)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without newlines."""
        return self.text.split("\n")


def line_starts(text: str) -> list[int]:
    """The offset of each line's first character."""
    starts = [0]
    found = text.find("\n")
    while found != -1:
        starts.append(found + 1)
        found = text.find("\n", found + 1)
    return starts


def display_width(text: str) -> int:
    """The number of terminal cells of a text (Unicode Standard Annex 11: wide and full-width count two)."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


@lru_cache(maxsize=4096)
def _cells(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 0 if unicodedata.category(character) in ("Mn", "Me", "Cf") else 1


_FOREIGN = "not UTF-8 but {}; convert it with `--convert-encoding`"


def _check_text(text: str) -> None:
    """Raise SourceError when a decoded file is none that people write."""
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise SourceError(f"binary file: NUL character on line {line}; remove it or leave the file out")


def _decoding_message(data: bytes, error: UnicodeDecodeError, encoding: str) -> str:
    if encoding == "UTF-16":
        return _FOREIGN.format(encoding)
    line = data.count(b"\n", 0, error.start) + 1
    place = f"byte 0x{data[error.start]:02x} on line {line} (offset {error.start})"
    if not encoding:
        return f"not UTF-8: {place}, and in no encoding that can be recognised; convert the file to UTF-8"
    return f"not UTF-8: {place}; it looks like {encoding}: convert it with `--convert-encoding`"
