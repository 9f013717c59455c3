"""``python -m artlint`` and the command ``artlint``."""

import gc
import os
import sys
from contextlib import suppress

# Objects that were made and are still there before the collector looks for cycles. To load artlint makes
# about as many and no cycles; from the second file on it looks more often (artlint.parallel).
_YOUNG = 100_000


def main() -> int:
    """Run artlint with the arguments of the process; returns the exit code, or ends the process with it."""
    if sys.argv[1:] == ["--version"]:  # before anything else is loaded
        from artlint import __version__

        print(f"artlint {__version__}")
        return 0
    gc.set_threshold(_YOUNG)
    from artlint.cli import main as run
    from artlint.pattern_lazy import keep_patterns

    code = run()
    keep_patterns()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # nobody reads it any more
            stream.flush()
    # To free each object on its own takes a tenth of a check of one file; the system frees them at once.
    os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
