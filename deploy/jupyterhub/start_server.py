"""A student's server, started as that student: lessons and handouts first, then Jupyter."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

from pmkit.learning.copies import make_copies
from pmkit.learning.exercising.handing import fetch
from pmkit.model.errors import PlanError

_LONGEST = 100
"""Bytes that the path of a socket may have; systems allow 103 to 107."""


def main() -> None:
    os.umask(0o077)
    home = Path.home()
    os.chdir(home)
    try:
        made = make_copies(os.environ["PMKIT_LESSONS"], home / "lessons").made
        # Lab shows a picture that is stored in a notebook only where the notebook is trusted.
        new = [str(home / "lessons" / name) for name in made]
        if new:
            subprocess.run([sys.executable, "-m", "jupyter", "trust", *new], check=False,
                           stdout=subprocess.DEVNULL)  # fmt: skip
    except PlanError as error:
        print(f"pmkit: {error}", file=sys.stderr)
    try:
        fetch(home / "exercises")
    except PlanError as error:  # who is not on the roster has a server all the same
        print(f"pmkit: {error}", file=sys.stderr)
    sockets = home / ".local" / "share" / "jupyter" / "runtime" / f"kernel-{uuid4()}-ipc-5"
    if len(os.fsencode(sockets)) > _LONGEST:
        os.environ["JUPYTER_RUNTIME_DIR"] = mkdtemp(prefix="jupyter-")
    words = ["-m", "jupyterhub.singleuser", *sys.argv[1:]]
    os.execv(sys.executable, [sys.executable, *words])


if __name__ == "__main__":
    main()
