"""``python -m artlint`` and the command ``artlint``."""

import sys


def main() -> int:
    """Run artlint with the arguments of the process; returns the exit code."""
    if sys.argv[1:] == ["--version"]:  # before anything else is loaded
        from artlint import __version__

        print(f"artlint {__version__}")
        return 0
    from artlint.cli import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
