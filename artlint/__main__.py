"""``python -m artlint``."""

import sys

from artlint.cli import main

sys.exit(main())
