"""Run a command of an instructor."""

import sys

from pmkit.teach.commands import main

if __name__ == "__main__":
    sys.exit(main())
