"""A report as a file: of every comparison, in both kinds, always the same, whole or not at all."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pmkit.analysis.compare import Comparison, compare
from pmkit.files.report import comparison_bytes, write_comparison
from pmkit.model.activity import Activity
from pmkit.model.change import Change
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.risk import RiskEvent
from pmkit.model.scenario import Scenario
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.reports import report_bytes
from tests.report_cases import Page, plan_of, two_scenarios
from tests.servers import ROOT
from tests.wording import exactly


@pytest.fixture(scope="module")
def compared() -> Comparison:
    return two_scenarios()


@pytest.fixture(scope="module")
def html(compared: Comparison) -> str:
    return report_bytes(compared, "report.html").decode()


def shapes() -> Iterator[Any]:
    plan, undated = plan_of(), plan_of(settings=Settings())
    slow = Scenario("Slow", [Change("B", duration="+3")])
    yield pytest.param(undated, [slow], 50, id="undated")
    yield pytest.param(plan, [slow], 0, id="without a simulation")
    yield pytest.param(plan, [], 50, id="without a scenario")
    yield pytest.param(plan, [Scenario("Same")], 50, id="a scenario without changes")
    yield pytest.param(undated, [Scenario("Dated", Change("settings", start="2026-03-02"))], 50,
                       id="a scenario that sets the start")  # fmt: skip
    yield pytest.param(plan, [Scenario("Undated", Change("settings", start=None))], 50,
                       id="a scenario that takes the start away")  # fmt: skip
    yield pytest.param(plan, [Scenario("Moved", Change("settings", start="2026-03-09"))], 50,
                       id="a scenario that moves the start")  # fmt: skip
    free = tuple(replace(a, fixed_cost=0, cost_per_day=0) for a in plan.activities)
    yield pytest.param(replace(plan, activities=free, risks=()), [slow], 50, id="no money")
    parts = [
        Project((Activity("Build", 5),), members=(ProjectInfo(name),)) for name in ("Depot", "Bus")
    ]
    program = Program(tuple(parts), (Dependency("Depot.Build", "Bus.Build"),))
    yield pytest.param(program, [Scenario("Slow", Change("Bus.Build", duration=9))], 50,
                       id="a program")  # fmt: skip
    snow = Change("S", risk=RiskEvent("S", "snow", ("B",), 1, 2))
    yield pytest.param(plan, [Scenario("Snow", [snow, Change("S", probability=0.5)])], 50,
                       id="a change that builds on another")  # fmt: skip


@pytest.mark.parametrize(("plan", "scenarios", "trials"), list(shapes()))
def test_every_comparison_has_a_report(
    plan: Project, scenarios: list[Scenario], trials: int
) -> None:
    compared = compare(plan, scenarios, trials=trials)
    assert Page(comparison_bytes(compared, "report.html").decode()).open == []
    book = openpyxl.load_workbook(BytesIO(comparison_bytes(compared, "report.xlsx")))
    assert book.sheetnames == [
        "Summary", "Changes", "Activities", *(["Finish curves"] if trials else []), "Assumptions",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["html", "xlsx"])
@pytest.mark.long
def test_the_same_comparison_is_the_same_bytes_in_any_process(kind: str) -> None:
    program = (
        "import hashlib, sys\n"
        "from pmkit.analysis.compare import compare\n"
        "from pmkit.reports import report_bytes\n"
        "from tests.report_cases import plan_of\n"
        f"content = report_bytes(compare(plan_of(), trials=0), 'a.{kind}')\n"
        "print(hashlib.sha256(content).hexdigest())\n"
    )
    other = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    content = report_bytes(compare(plan_of(), trials=0), f"a.{kind}")
    assert hashlib.sha256(content).hexdigest() == other


def test_a_date_is_printed_only_where_one_is_given(compared: Comparison) -> None:
    assert b"Made on" not in comparison_bytes(compared, "a.html")
    dated = comparison_bytes(compared, "a.html", made_on=date(2026, 3, 30))
    assert b"Made on 30 Mar 2026" in dated


def test_what_was_there_is_replaced_whole_or_not_at_all(
    compared: Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.html"
    path.write_text("old")
    monkeypatch.setattr(Path, "write_bytes", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(PlanError, match=exactly("report.html, it cannot be written: full")):
        write_comparison(compared, path)
    monkeypatch.undo()
    assert path.read_text() == "old"
    write_comparison(compared, path)
    assert path.read_bytes() == comparison_bytes(compared, "report.html")
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("a.pdf", "a.pdf, a report must be written as .xlsx or .html, got .pdf"),
        ("report", "report, a report must be written as .xlsx or .html, got no ending"),
        ("no/a.html", "a.html, it cannot be written: No such file or directory"),
        ("folder.html", "folder.html, a folder of that name exists already"),
    ],
)
def test_what_cannot_be_written_is_told_in_a_sentence(
    compared: Comparison, tmp_path: Path, name: str, sentence: str
) -> None:
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(PlanError, match=exactly(sentence)):
        write_comparison(compared, tmp_path / name)


def test_the_public_name_writes_both_kinds(compared: Comparison, html: str, tmp_path: Path) -> None:
    import pmkit as pm

    pm.report(compared, tmp_path / "a.HTML")
    pm.report(compared, str(tmp_path / "a.xlsx"))
    assert (tmp_path / "a.HTML").read_text(encoding="utf-8") == html
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames[0] == "Summary"
