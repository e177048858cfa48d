"""Run the README's example and put what it prints under it.

Usage: python tools/run_readme.py
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = re.compile(
    r"(^```python\n(?P<code>.*?)^```\n\n^```text\n)(?P<output>.*?)(^```)", re.M | re.S
)


def printed(code: str) -> str:
    """Return what a piece of Python prints."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    env = {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}
    ran = subprocess.run(
        [sys.executable, "-c", code], env=env, check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    return ran.stdout.rstrip() + "\n"


def main() -> None:
    """Write the page with fresh output."""
    page = ROOT / "README.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(
        EXAMPLE.sub(lambda found: found[1] + printed(found["code"]) + found[4], text),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
