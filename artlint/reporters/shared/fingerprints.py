"""What a finding is known by when the lines around it change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from artlint.diagnostic import Diagnostic
from artlint.reporters.shared.places import posix_path
from artlint.runner import FileResult
from artlint.source import Source


def fingerprints(result: FileResult, source: Source | None) -> Iterator[tuple[Diagnostic, str]]:
    """Each finding with a fingerprint that edits elsewhere in the file do not change.

    It is made of path, code and marked text with blanks folded; a number tells findings apart that
    are the same in all of that.
    """
    seen: dict[str, int] = {}
    for diagnostic in result.diagnostics:
        marked = source.text[slice(*diagnostic.span)] if source else ""
        parts = (posix_path(result.path), diagnostic.code, " ".join(marked.split()))
        base = "\0".join(parts)
        seen[base] = seen.get(base, 0) + 1
        digest = hashlib.sha256(f"{base}\0{seen[base]}".encode("utf-8", "surrogatepass"))
        yield diagnostic, digest.hexdigest()
