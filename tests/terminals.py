"""artlint in a pseudo-terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

from tests.conftest import ROOT


def in_terminal(folder: Path, *arguments: str, columns: int = 80, **environment: str) -> str:
    """What artlint writes to a terminal of so many columns."""
    controller, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    known = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR")}
    known |= {"PYTHONPATH": str(ROOT), "TERM": "xterm", "PYTHONUTF8": "1", **environment}
    command = [sys.executable, "-m", "artlint", *arguments]
    process = subprocess.Popen(command, cwd=folder, env=known, stdout=terminal, stderr=terminal)
    os.close(terminal)
    output = b""
    while True:
        try:
            read = os.read(controller, 65536)
        except OSError:  # Linux says so when the other end closes
            break
        if not read:
            break
        output += read
    process.wait(timeout=60)
    os.close(controller)
    return output.decode()
