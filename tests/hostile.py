"""What hostile submissions try, and what must come of each: the attack table.

`tools/attack_table.py` runs them all and writes ``docs/attacks.md``.
"""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pmkit.teach.marking_class import Marking
from pmkit.teach.sandbox.engine import UNFINISHED, Engine, Ran, run_contained
from pmkit.teach.sandbox.limits import Limits
from tests.class_cases import PS04, code, hand_in, make_class

FEW = Limits(seconds=20, memory=600_000_000, disk=8_000_000, processes=32, output=200_000)
BRIEF = 2.0


@dataclass(frozen=True)
class Attack:
    """A cell that tries something, after ``kept = 7`` and before ``after = 8``.

    Attributes
    ----------
    tries
        In words.
    source
        The cell; ``CLASS``, ``HOME`` and ``PORT`` stand for folders of a class and of who marks
        it, and for a server that listens.
    refused
        Whether the cell must end with an error.
    stopped
        Why the whole submission must be ended; empty where it goes on.
    loses
        Whether it takes its own earlier answers with it.
    in_tests
        Whether it is tried in `make test`, too.
    seconds
        Of time that it has.
    """

    tries: str
    source: str
    refused: bool = False
    stopped: str = ""
    loses: bool = False
    in_tests: bool = False
    seconds: float = FEW.seconds

    @property
    def outcome(self) -> str:
        """What must come of it."""
        if self.stopped:
            return _ended(self.stopped, loses=self.loses)
        return _REFUSED if self.refused else _HARMLESS


_REFUSED = "refused with an error in its cell; the other cells are marked on their merits"
_HARMLESS = "nothing but its own answers can change; marked on its merits"


def _ended(why: str, *, loses: bool) -> str:
    what = "nothing can be read, 0 with this reason" if loses else "what came before counts"
    return f"ended, {why}; {what}"


def attacked(attack: Attack, engine: Engine) -> Ran:
    """Run an attack; what it looks for is really there, only not for it."""
    listening = socket.create_server(("127.0.0.1", 0))
    with TemporaryDirectory() as folder, listening as server:
        root = Path(folder)
        for path in ("gradebook.db", "class.key", "submitted/s2/ps04_progress.ipynb"):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text("secret")
        shutil.copytree(PS04, root / "source" / PS04.name)
        source = attack.source.replace("CLASS", folder).replace("HOME", str(Path.home()))
        source = source.replace("PORT", str(server.getsockname()[1]))
        cells = ["kept = 7", source, "after = 8"]
        limits = replace(FEW, seconds=attack.seconds)
        return run_contained(engine, cells, ["kept", "after", "x"], {}, lambda _: None, limits)


def came(found: Ran) -> str:
    """Say what came of an attack."""
    kept, after = found.answers.get("kept") == 7, found.answers.get("after") == 8
    if found.stopped:
        return _ended(found.stopped, loses=not kept)
    errors = [n for n, _ in found.errors]
    if kept and after and errors == [1]:
        return _REFUSED
    return _HARMLESS if kept and after and not errors else f"{found}"


def _opens(path: str) -> str:
    return f"x = open({path!r}).read()"


ATTACKS = (
    Attack("reads the gradebook by a relative path", _opens("../../gradebook.db"),
           refused=True, in_tests=True),
    Attack("reads the gradebook by its path", _opens("CLASS/gradebook.db"), refused=True),
    Attack("reads the solution by a relative path",
           _opens("../../source/ps04_progress/ps04_progress.py"), refused=True),
    Attack("reads the solution by its path",
           _opens("CLASS/source/ps04_progress/ps04_progress.py"), refused=True),
    Attack("looks for the solution beside pmkit", "import pathlib, pmkit\n"
           "x = next(pathlib.Path(pmkit.__file__).parents[1].rglob('ps04_progress.py'))",
           refused=True),
    Attack("reads the class key", _opens("CLASS/class.key"), refused=True),
    Attack("reads another student's work", _opens("CLASS/submitted/s2/ps04_progress.ipynb"),
           refused=True),
    Attack("reads the home folder", "import os, sys, pmkit\n"
           "own = [os.path.relpath(p, 'HOME') for p in (sys.prefix, sys.base_prefix, "
           "pmkit.__file__)]\n"
           "x = [n for n in os.listdir('HOME') if n not in {p.split('/')[0] for p in own}]\n"
           "assert x", refused=True),
    Attack("reads the passwords", _opens("/etc/shadow"), refused=True),
    Attack("reads the secrets of the environment",
           "import os\nassert {'AWS', 'TOKEN', 'KEY', 'SECRET'} & "
           "{part for name in os.environ for part in name.split('_')}", refused=True),
    Attack("reads another process", "import os\n"
           "x = [open(f'/proc/{p}/environ').read() for p in os.listdir('/proc') if p.isdigit() "
           "and int(p) > 99]\nassert x", refused=True),
    Attack("makes a link out of its folder",
           "import os; os.symlink('CLASS', 'out'); x = os.listdir('out/source')",
           refused=True, in_tests=True),
    Attack("writes into pmkit", "import pmkit; open(pmkit.__file__, 'a').write('#')", refused=True),
    Attack("writes into the system", "open('/usr/bin/python3', 'wb')", refused=True),
    Attack("mounts a disk", "import ctypes\n"
           "assert ctypes.CDLL(None).mount(b'x', b'/tmp', b'tmpfs', 0, None) == 0", refused=True),
    Attack("takes what root may",
           "import os\nos.setuid(0); os.mknod('disk', 0o60600, os.makedev(8, 0))", refused=True),
    Attack("opens a socket",
           "import socket; x = socket.create_connection(('127.0.0.1', PORT), 2)", refused=True,
           in_tests=True),
    Attack("looks up a name",
           "import socket; x = socket.gethostbyname('localhost.localdomain')", refused=True),
    Attack("fills the disk", "f = open('big', 'wb')\n"
           "for _ in range(99): f.write(bytes(10**6)); f.flush()", refused=True),
    Attack("asks for ten gigabytes", "x = len(bytearray(10**10))", refused=True),
    Attack("takes memory without end", "x = []\nwhile True: x.append(bytes([1]) * 10**7)",
           stopped="it took more than 0.6 GB of memory"),
    Attack("forks without end", "import os\nwhile True: os.fork()",
           stopped="it started more than 32 processes", in_tests=True),
    Attack("sleeps for ever", "import time; time.sleep(999)",
           stopped="it took longer than 2 seconds", in_tests=True, seconds=BRIEF),
    Attack("will not be interrupted", "import signal\nfor n in range(1, 65):\n    try:\n"
           "        signal.signal(n, signal.SIG_IGN)\n    except (OSError, ValueError):\n"
           "        pass\nwhile True: pass",
           stopped="it took longer than 2 seconds", seconds=BRIEF),
    Attack("prints a gigabyte", "import os\nwhile True: os.write(1, b'x' * 10**5)",
           stopped="it printed more than 0.2 MB"),
    Attack("ends its process", "import os; os._exit(3)", stopped=UNFINISHED),
    Attack("kills all that it sees", "import os\nfor pid in range(1, 500):\n    try:\n"
           "        os.kill(pid, 9)\n    except OSError:\n        pass"),
    Attack("kills its parent", "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)"),
    Attack("leaves a daemon", "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', "
           "'import time; time.sleep(77.25)'], start_new_session=True)"),
    Attack("forges the results", "import json, os, sys\n"
           "told = json.load(open('submission.json'))\n"
           "print(chr(10) + told['mark'] + '[]', file=sys.__stdout__, flush=True)\nos._exit(0)",
           stopped="it changed how its results are told", loses=True),
    Attack("patches the checks of pmkit", "import pmkit.learning.exercising.forms as f\n"
           "f.read_given = lambda *_: 1"),
    Attack("patches Python itself", "import builtins, json\nbuiltins.abs = lambda _: 0\n"
           "builtins.round = lambda *_: 1\nbuiltins.sum = lambda *_: 1", in_tests=True),
    Attack("shadows pmkit", "open('pmkit.py', 'w').write('raise SystemExit(3)')\n"
           "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'import pmkit'])"),
    Attack("answers with an object that runs when it is read", "class Sly(dict):\n"
           "    def items(self):\n        import os; os._exit(4)\nx = Sly(a=1)",
           stopped=UNFINISHED),
    Attack("answers with a number of many digits", "x = 10 ** 100_000"),
    Attack("answers with a list that holds itself", "x = []\nx.append(x)"),
)  # fmt: skip


@dataclass(frozen=True)
class Planted:
    """A notebook or a name with something planted in it.

    Attributes
    ----------
    tries
        In words.
    edit
        Changes a solved notebook.
    outcome
        In words.
    points
        Of 13 that are marked without a person.
    """

    tries: str
    edit: Callable[[Any], None]
    outcome: str
    points: float = 13.0


def _tests_rewritten(notebook: Any) -> None:
    for cell in notebook.cells:
        if cell.source.startswith("work.check"):
            cell.source = "print('3 of 3'); score = 100"


def _metadata_rewritten(notebook: Any) -> None:
    for cell in notebook.cells:
        cell.metadata["nbgrader"] = {"grade": True, "points": 1000, "grade_id": "cpi",
                                     "locked": False, "solution": True}  # fmt: skip
        cell.metadata["pmkit"] = {"question": ["cpi"], "points": 1000}
    notebook.metadata["pmkit"] = {"exercise": "../../other", "version": -1}


def _ids_rewritten(notebook: Any) -> None:
    for cell in notebook.cells:
        cell["id"] = "same"


def _another_student(notebook: Any) -> None:
    notebook.metadata["student"] = notebook.metadata["authors"] = "s2"
    notebook.cells[1].source = "student = STUDENT = 's2'\n" + notebook.cells[1].source


PAYLOAD = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"


def _payload(notebook: Any) -> None:
    for cell in notebook.cells:
        if cell.metadata.get("pmkit", {}).get("question") == "tell":
            cell.source = f"{PAYLOAD} =cmd|' /C calc'!A0"
        cell.source = cell.source.replace(
            "cpi = mine", f"raise ValueError({PAYLOAD!r})\ncpi = mine"
        )


def _shadowed(notebook: Any) -> None:
    notebook.cells[1].source = (
        "open('pmkit.py', 'w').write('def open_exercise(): return None')\n"
        "import sys; sys.path.insert(0, '.'); sys.modules.pop('pmkit', None)\n"
        + notebook.cells[1].source
    )


def _halves(notebook: Any) -> None:
    for cell in notebook.cells:
        if cell.metadata.get("pmkit", {}).get("question") == "tell":
            cell.source = "\ud800 is half of a letter"
        cell.source = cell.source.replace("order = ", "order = ['\\ud800'] or ")
    notebook.cells.append(code("raise ValueError('\\ud800')"))


PLANTED = (
    Planted("rewrites its own checks", _tests_rewritten, "marked on its merits"),
    Planted("gives itself 1,000 points in the metadata", _metadata_rewritten,
            "marked on its merits"),
    Planted("gives all cells the same id", _ids_rewritten, "marked on its merits"),
    Planted("says that it is another student", _another_student,
            "marked with the numbers of the student whose folder it came in"),
    Planted("plants a payload in its text and in an error", _payload,
            "escaped in feedback and sheet; what that cell would have given is missing", 10.0),
    Planted("brings a pmkit.py of its own", _shadowed,
            "its own answers come from it: what it cannot give is missing", 7.0),
    Planted("writes halves of letters, which no file can hold", _halves,
            "shown as signs in their place; that answer is of the wrong form", 12.0),
)  # fmt: skip


def planted(attack: Planted, engine: Engine, root: Path) -> float:
    """Hand in a notebook with something in it in a class of two, and return its points."""
    course = make_class(root, "s1", "s2")
    hand_in(course, "s1", edit=attack.edit)
    marks = Marking(course, course.exercise(PS04.name), engine).student("s1")
    assert marks is not None
    return marks.points
