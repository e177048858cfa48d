"""What is asked to be read together must be files, each once, with a plan among them."""

from __future__ import annotations

from pathlib import Path

import pytest

import pmkit as pm
from tests.merged_files import LINKS, links, read, text, two_plans
from tests.wording import exactly


@pytest.fixture
def two(tmp_path: Path) -> list[Path]:
    return two_plans(tmp_path)


def test_no_file_the_same_file_twice_and_links_alone_are_refused(
    tmp_path: Path, two: list[Path]
) -> None:
    with pytest.raises(
        pm.PlanError, match=exactly("read: at least one file must be given, got none")
    ):
        read()
    with pytest.raises(
        pm.PlanError,
        match=exactly("depot.csv, read: each file must be given once, came 2 times"),
    ):
        read(two[0], two[1], str(two[0]))
    rows = links(tmp_path / "links.csv", ("depot.A", "fleet.A"))
    with pytest.raises(
        pm.PlanError,
        match=exactly(
            "links.csv, a program must have at least one plan beside its links, got none"
        ),
    ):
        read(rows)


def test_what_is_no_file_is_refused(two: list[Path]) -> None:
    with pytest.raises(
        pm.PlanError,
        match=exactly("read: each must be the name of a file, or a plan, got 5"),
    ):
        read(two[0], 5)


def test_everything_that_is_wrong_in_any_file_is_told_at_once(
    tmp_path: Path, two: list[Path]
) -> None:
    broken = text(tmp_path / "broken.csv", LINKS + "A,tbd,\nB,1,X\n")
    with pytest.raises(
        pm.PlanError,
        match=exactly(
            "broken.csv, activities row 2, activity 'A': duration must be a finite number of "
            "working days >= 0, got 'tbd'",
            "broken.csv, activities row 3, activity 'B': predecessors must name activities of the "
            "plan, each with FS, SS, FF or SF and a lag such as +2d where it has one, got 'X'",
            "gone.mpp, there is no such file; check its name and folder",
        ),
    ):
        read(two[0], broken, tmp_path / "gone.mpp")


def test_options_for_one_file_and_for_several_do_not_mix(two: list[Path]) -> None:
    with pytest.raises(
        pm.PlanError,
        match=exactly(
            "read: columns= and sheet= are for one file; read that one first, and put the plan "
            "into the list"
        ),
    ):
        read(*two, sheet="plan")
    with pytest.raises(
        pm.PlanError,
        match=exactly(
            "read: names=, merge_resources=, rules= and missing= are for several files, in a list"
        ),
    ):
        pm.read(two[0], names=["D"])
    with pytest.raises(
        pm.PlanError, match=exactly("missing: must be one of error, note, got 'ignore'")
    ):
        read(*two, missing="ignore")
