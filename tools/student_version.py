"""Make the student version of an assignment: solutions and hidden tests out, a clear stub in.

``python -m tools.student_version exercises/source/NAME/NAME.py out.ipynb``
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

SOLUTION = re.compile(r"^( *)### BEGIN SOLUTION\n.*?^ *### END SOLUTION\n", re.M | re.S)
HIDDEN = re.compile(r"^ *### BEGIN HIDDEN TESTS\n.*?^ *### END HIDDEN TESTS\n", re.M | re.S)
# A free-text answer is a markdown cell that is a solution: its model answer goes.
ESSAY = re.compile(
    r'^(# %% \[markdown\] nbgrader=\{[^\n]*"solution": true[^\n]*\}\n)(?:#[^\n]*\n)+', re.M
)


def student_version(source: str) -> str:
    """Return the percent source that students get."""
    text = ESSAY.sub(r"\1# *Your answer here.*\n", HIDDEN.sub("", source))
    return SOLUTION.sub(lambda found: _stub(text, found), text)


def _stub(text: str, found: re.Match[str]) -> str:
    functions = re.findall(r"^ *def (\w+)", text[: found.start()], re.M)
    subject = functions[-1] if functions and found[1] else "this cell"
    sentence = f"{subject}: write your answer in place of this line"
    return f'{found[1]}# YOUR CODE HERE\n{found[1]}raise NotImplementedError("{sentence}")\n'


def main() -> None:
    """Write a student notebook."""
    import jupytext

    source, target = map(Path, sys.argv[1:])
    notebook = jupytext.reads(student_version(source.read_text("utf-8")), "py:percent")
    jupytext.write(notebook, target)


if __name__ == "__main__":
    main()
