"""One program from several files is the program that was parted into them.

The law: the projects of a program, each written to a file of its own, and its links in another
file, are the same program when they are read together.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pmkit as pm
from pmkit.files.tables import plan_tables
from pmkit.files.workbook import write_workbook
from pmkit.model.settings import Settings
from tests.merged_files import links, project, read
from tests.project_files import java_or_skip


def split(program: pm.Program, folder: Path, *, whole: bool) -> list[Path]:
    """Write each project to a file of its own, and the rest to one of links."""
    endings = (".xlsx", ".json", "")
    files = []
    for number, one in enumerate(program.projects):
        files.append(folder / f"{one.id.lower()}{endings[number % 3]}")
        pm.write(one, files[-1])
    rows: dict[str, Any] = {"links": [["from", "to", "type", "lag", "unit"]] + [
        [x.predecessor, x.successor, str(x.kind), x.lag, str(x.unit)]
        for x in program.interdependencies
    ]}  # fmt: skip
    for name, table in plan_tables(program).items() if whole else ():
        if name != "activities":
            at = table[0].index("project") if "project" in table[0] else None
            if name in ("gates", "people", "contributions", "decisions", "authority"):
                at = None
            rows[name] = [table[0], *(r for r in table[1:] if at is None or not r[at])]
    write_workbook(folder / "links.xlsx", rows)  # type: ignore[arg-type]
    return [*files, folder / "links.xlsx"]


def test_the_sample_in_four_files_is_the_sample(tmp_path: Path) -> None:
    sample = pm.sample()
    program = read(*split(sample, tmp_path, whole=True))
    for field in set(pm.Program.__dataclass_fields__) - {"notes"}:
        assert getattr(program, field) == getattr(sample, field), field
    assert program.members == sample.members  # money and extra columns of projects, too
    assert [dict(m.money) for m in program.members] == [dict(m.money) for m in sample.members]


@st.composite
def programs(draw: st.DrawFn) -> pm.Program:
    projects = []
    for id_ in ("P1", "P2", "P3")[: draw(st.integers(2, 3))]:
        count = draw(st.integers(1, 4))
        rows = []
        for number in range(count):
            before = [f"A{n}" for n in range(number) if draw(st.booleans())]
            rows.append((f"A{number}", draw(st.integers(0, 5)), "; ".join(before)))
        start = date(2026, 3, 2 + draw(st.integers(0, 7)))
        projects.append(project(id_, rows, settings=Settings(start=start)))
    crossing = []
    for first, second in pairwise(projects):
        if draw(st.booleans()):
            ends = [draw(st.sampled_from([f"{p.id}.{a.id}" for a in p.activities]))
                    for p in (first, second)]  # fmt: skip
            kind = draw(st.sampled_from(["FS", "SS", "FF", "SF"]))
            crossing.append(pm.Dependency(*ends, kind, draw(st.integers(-1, 3))))
    return pm.Program(tuple(projects), tuple(crossing))


@given(programs())
@settings(max_examples=15)
def test_a_program_in_several_files_has_the_same_dates(
    tmp_path_factory: pytest.TempPathFactory, program: pm.Program
) -> None:
    folder = tmp_path_factory.mktemp("split")
    again = read(*split(program, folder, whole=False))
    one, other = pm.critical_path(program), pm.critical_path(again)
    assert one.ids == other.ids
    for name in ("early_start", "early_finish", "late_start", "late_finish", "total_float"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()
    assert again.interdependencies == tuple(dict.fromkeys(program.interdependencies))


def test_files_of_three_tools_are_one_program(truth: Path, tmp_path: Path) -> None:
    java_or_skip()
    pm.write(pm.sample().project("Depot"), tmp_path / "depot.xlsx")
    rows = links(tmp_path / "links.csv", ("xernative_sample.A1010", "10_mp_j30_a2_nr5.2"))
    files = [
        tmp_path / "depot.xlsx", truth / "msproject/10_mp_j30_a2_nr5.mpp",
        truth / "primavera/xernative_sample.xer",
    ]  # fmt: skip
    program = read(*files, rows, rules="xernative_sample.xer")
    assert [p.id for p in program.projects] == ["Depot", "10_mp_j30_a2_nr5", "xernative_sample"]
    assert program.settings.total_float == "finish"
    assert len(program.interdependencies) == 1
    assert sum("a program has one set of rules" in note for note in program.notes) == 2
    assert any(note.startswith("Currencies differ: depot.xlsx EUR, ") for note in program.notes)
    assert pm.critical_path(program).finish > 0
