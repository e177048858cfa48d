"""Match an error on its whole sentence: half a sentence lets the other half rot."""

from __future__ import annotations

import re


def exactly(*sentences: str) -> str:
    """Return the pattern of an error that says these sentences, one a line, and nothing else."""
    return rf"\A{re.escape(chr(10).join(sentences))}\Z"
