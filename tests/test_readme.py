"""The README's python runs as a reader would run it, and prints what the page shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.servers import ROOT

PAGE = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
BLOCKS = [(match[1], match[2]) for match in BLOCK.finditer(PAGE)]
MARK = "--- the next block of the page ---"


def examples() -> list[tuple[str, str | None]]:
    """Return each python block with the `text` block right after it, or None."""
    following = [*BLOCKS[1:], ("", "")]
    return [
        (code, output if kind == "text" else None)
        for (language, code), (kind, output) in zip(BLOCKS, following, strict=True)
        if language == "python"
    ]


def run(codes: list[str], folder: Path) -> list[str]:
    """Run the blocks one after the other in one Python, and return what each printed."""
    paths = filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"}
    program = f"\nprint({MARK!r})\n".join(codes)
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env=env,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.split(f"{MARK}\n")


def lines(text: str) -> list[str]:
    """Return the lines without what a reader cannot see at their ends."""
    return [line.rstrip() for line in text.strip().splitlines()]


def test_every_python_block_runs_and_prints_what_the_page_shows(tmp_path):
    pairs = examples()
    printed = run([code for code, _ in pairs], tmp_path)
    shown = [output for _, output in pairs if output is not None]
    assert shown, "the README has no python block followed by a text block with its output"
    for said, (code, output) in zip(printed, pairs, strict=True):
        assert lines(said) == lines(output or ""), code


def test_the_first_example_has_six_lines_that_run():
    code, output = examples()[0]
    assert output is not None
    assert len([line for line in code.splitlines() if line.strip()]) <= 6
