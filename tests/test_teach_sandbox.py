"""What submissions do, and what comes of it: bubblewrap, and a container where one can run."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pmkit.teach.sandbox.bubblewrap import Bubblewrap
from pmkit.teach.sandbox.container import Container
from pmkit.teach.sandbox.engine import Ran, run_contained
from pmkit.teach.sandbox.limits import Limits, Use, broken, use_of
from tests.class_cases import contained
from tests.hostile import ATTACKS, FEW, attacked, came

pytestmark = contained
ENGINES = [Bubblewrap(), *map(Container, filter(None, [Container.program()]))]


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


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
@pytest.mark.parametrize(
    "attack",
    [a if a.in_tests else pytest.param(a, marks=pytest.mark.long) for a in ATTACKS],
    ids=lambda attack: attack.tries,
)
def test_it_comes_to_what_the_attack_table_says(attack, engine):
    before = processes()
    assert came(attacked(attack, engine)) == attack.outcome
    assert not [line for line in processes() - before if "77.25" in line]  # no daemon is left


def processes() -> set[str]:
    found = set()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.add(path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
        except OSError:
            continue
    return found


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

        def use(self, pid: int) -> Use:
            return Use(0, 0)

        def end(self, given: Path) -> None: ...

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
