"""Which encoding bytes are in that are not UTF-8.

turbohtml's detector (of the WHATWG encodings) names most; short Chinese text it takes for Korean, so
common Han characters decide first.
"""

from __future__ import annotations

import re

from artlint.data.common_han import COMMON

_LEAST_SHARE = 0.2  # of the Han characters; text in a wrong encoding reaches about a tenth
_MOST_BYTES = 65_536  # that are looked at
_CHINESE = {"gb18030": "GB18030", "big5": "Big5"}
# The detector's names for what Python's codecs call otherwise, or hold a superset of.
_CODECS = {"GBK": "gb18030", "gb18030": "gb18030", "Big5": "big5hkscs"}
_SHIFT = re.compile(rb"\+[A-Za-z0-9/]{6}")  # what UTF-7 writes for more than one character


UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
UTF_32_MARKS = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")  # the first starts as one of UTF-16 does


def recognise_ascii(data: bytes) -> tuple[str, str] | None:
    """``(name, Python codec)`` of the encoding that writes other characters in ASCII bytes, or None."""
    if b"\x1b$" in data and _decodes(data, "iso2022_jp"):
        return "ISO-2022-JP", "iso2022_jp"
    if _SHIFT.search(data) and _common_share(data, "utf-7") >= _LEAST_SHARE:
        return "UTF-7", "utf-7"
    return None


def recognise(data: bytes) -> tuple[str, str] | None:
    """``(name, Python codec)`` of the encoding that bytes are in; None when there is none.

    The bytes can be decoded in it without an error.
    """
    if data[:4] in UTF_32_MARKS:
        return ("UTF-32", "utf-32") if _decodes(data, "utf-32") else None
    if data[:2] in UTF_16_MARKS:
        return ("UTF-16", "utf-16") if _decodes(data, "utf-16") else None
    if _is_broken_utf_8(data):
        return None
    shares = {codec: _common_share(data, codec) for codec in _CHINESE}
    best = max(shares, key=lambda codec: shares[codec])
    if shares[best] >= _LEAST_SHARE:
        return _CHINESE[best], best
    from turbohtml.detect import detect

    match = detect(data[:_MOST_BYTES])
    if match.encoding is None:
        return None
    codec = _CODECS.get(match.encoding, match.encoding)
    return (match.encoding, codec) if _decodes(data, codec) else None


def _is_broken_utf_8(data: bytes) -> bool:
    """Whether most of what is not ASCII is UTF-8, so that a few bytes are broken rather than foreign."""
    text = data.decode("utf-8", "replace")
    others = sum(character > "\x7f" for character in text)
    return text.count("\ufffd") * 2 < others


def _decodes(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _common_share(data: bytes, codec: str) -> float:
    """The share of common characters among the characters that are not ASCII."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return 0.0
    others = [character for character in text[:_MOST_BYTES] if character >= "\u3400"]
    return sum(character in COMMON for character in others) / len(others) if others else 0.0
