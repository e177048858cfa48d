"""What a hostile submission tries, and what comes of it. Linux with bubblewrap only."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pmkit.teach.sandbox.bubblewrap import Bubblewrap
from pmkit.teach.sandbox.engine import UNFINISHED, Ran, run_contained
from pmkit.teach.sandbox.limits import Limits, Use, broken, use_of

CI = os.environ.get("CI", "").lower() in {"1", "true"}
pytestmark = pytest.mark.skipif(
    not Bubblewrap.is_there() and not CI, reason="bubblewrap (bwrap) is not installed"
)
FEW = Limits(seconds=20, memory=600_000_000, disk=8_000_000, processes=32, output=200_000)


def ran(*cells: str, cases: dict[str, Any] | None = None, limits: Limits = FEW) -> Ran:
    def data(folder: Path) -> None:
        (folder / "own.txt").write_text("my data")

    return run_contained(
        Bubblewrap(), ["kept = 7", *cells], ["kept", "x"], cases or {}, data, limits
    )


def test_a_good_submission_has_its_data_its_answers_and_its_function():
    found = ran("x = open('own.txt').read()", "def rule(a, b):\n    return a / b",
                cases={"rule": [[6, 3], [1, 0]]})  # fmt: skip
    assert found.answers == {"kept": 7, "x": "my data"}
    assert found.policies["rule"][0] == {"returns": 2.0}
    assert found.policies["rule"][1] == {"raises": "ZeroDivisionError: division by zero"}
    assert (found.errors, found.stopped) == ([], "")


def test_cells_in_another_order_find_each_other():
    assert ran("x = later + 1", "later = 4").answers["x"] == 5


def test_a_cell_with_an_error_is_named_and_the_others_are_run():
    found = ran("1 / 0", "x = 2")
    assert found.answers["x"] == 2
    assert found.errors == [(1, "ZeroDivisionError: division by zero")]


REFUSED = {
    "reads the class folder by its path": "x = open({root!r} + '/README.md').read()",
    "reads another by a relative path": "x = open('../../exercises/README.md').read()",
    "reads the home folder": "import os; x = os.listdir(os.path.expanduser('~root'))[99]",
    "reads the passwords": "x = open('/etc/shadow').read()",
    "writes into pmkit": "import pmkit; open(pmkit.__file__, 'a').write('#')",
    "writes into the system": "open('/usr/bin/python3', 'wb')",
    "opens a socket": "import socket; x = socket.create_connection(('127.0.0.1', {port}), 2)",
    "looks up a name": "import socket; x = socket.gethostbyname('localhost.localdomain')",
    "mounts a disk": (
        "import ctypes; assert ctypes.CDLL(None).mount(b'x', b'/tmp', b'tmpfs', 0, None) == 0"
    ),
    "fills the disk": "f = open('big', 'wb')\nfor _ in range(99): f.write(bytes(10**6)); f.flush()",
    "asks for ten gigabytes": "x = len(bytearray(10**10))",
    "makes a link out": "import os; os.symlink({root!r}, 'out'); x = os.listdir('out/exercises')",
}


@pytest.mark.parametrize("attack", REFUSED)
def test_it_is_refused_and_the_rest_is_marked(attack):
    root = str(Path(__file__).parents[1])
    found = ran(REFUSED[attack].replace("{root!r}", repr(root)).replace("{port}", "22"))
    assert found.answers == {"kept": 7}
    assert [n for n, _ in found.errors] == [1]
    assert found.stopped == ""


ENDED = {
    "sleeps for ever": ("import time; time.sleep(999)", "it took longer than 2 seconds"),
    "forks without end": ("import os\nwhile True: os.fork()", "it started more than 32 processes"),
    "takes memory without end": ("x = []\nwhile True: x.append(bytes([1]) * 10**7)",
                                 "it took more than 0.6 GB of memory"),
    "prints a gigabyte": ("import os\nwhile True: os.write(1, b'x' * 10**5)",
                          "it printed more than 0.2 MB"),
    "ends its process": ("import os; os._exit(3)", UNFINISHED),
}  # fmt: skip


@pytest.mark.parametrize("attack", ENDED)
def test_it_is_ended_with_a_reason_and_what_came_before_counts(attack):
    source, why = ENDED[attack]
    seconds = 2 if "sleep" in source else 20
    found = ran(source, limits=replace(FEW, seconds=seconds))
    assert found.stopped == why
    if "print" not in attack:  # what is printed may push everything else out
        assert found.answers["kept"] == 7


def test_what_kills_all_that_it_sees_reaches_nobody_else():
    found = ran("import os\nfor pid in range(1, 500):\n    try:\n        os.kill(pid, 9)\n"
                "    except OSError:\n        pass\nos.kill(-1, 9)", "x = 1")  # fmt: skip
    assert found.answers["kept"] == 7


def test_a_daemon_does_not_outlive_its_submission():
    before = processes()
    ran("import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; "
        "time.sleep(77.25)'], start_new_session=True)")  # fmt: skip
    assert not [line for line in processes() - before if "77.25" in line]


def processes() -> set[str]:
    found = set()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.add(path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
        except OSError:
            continue
    return found


def test_forged_results_are_only_the_student_s_own_answers():
    found = ran("import json\ntold = json.load(open('submission.json'))\nimport sys\n"
                "print(chr(10) + told['mark'] + '[]', file=sys.__stdout__, flush=True)\n"
                "import os; os._exit(0)")  # fmt: skip
    assert found.answers == {}
    assert found.stopped == "it changed how its results are told"


def test_patches_of_pmkit_and_of_builtins_do_not_reach_whoever_marks():
    found = ran("import builtins, pmkit.learning.exercising.forms as f\n"
                "builtins.abs = lambda _: 0\nf.read_given = lambda *_: 1\nx = abs(-5)")  # fmt: skip
    assert found.answers["x"] == 0
    assert abs(-5) == 5


def test_an_engine_that_does_not_start_is_nobody_s_fault():
    class Broken:
        name = "broken"

        def command(self, given: Path, limits: Limits) -> Sequence[str]:
            return [str(given / "no-such-program")]

    with pytest.raises(OSError, match="no-such-program"):
        run_contained(Broken(), ["x = 1"], ["x"], {}, lambda _: None)


@pytest.mark.parametrize(
    ("use", "seconds", "sentence"),
    [
        (Use(32, 600_000_000), 20.0, ""),  # at the limit is within
        (Use(1, 0), 20.1, "it took longer than 20 seconds"),
        (Use(33, 0), 1.0, "it started more than 32 processes"),
        (Use(1, 600_000_001), 1.0, "it took more than 0.6 GB of memory"),
    ],
)
def test_each_limit_says_what_was_too_much(use, seconds, sentence):
    assert broken(FEW, use, seconds) == sentence


def test_the_use_of_this_process_is_counted():
    use = use_of(os.getpid())
    assert use.processes >= 1
    assert use.memory > 10_000_000
