"""Tables of a portfolio are found by their headings, however they stand in the files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pmkit.files.portfolio import read_portfolio, read_portfolio_bytes
from pmkit.files.portfolio_report import Portfolio
from tests.portfolio_files import MAJOR, agency_in


@pytest.fixture
def agency(tmp_path: Path) -> Callable[..., Portfolio]:
    return agency_in(tmp_path)


def test_headings_are_known_in_any_order_of_words_with_units_and_below_a_disclaimer(
    agency: Any,
) -> None:
    found = agency(
        "USDA,1001,P-7,Grain,10/1/2011,9/30/2012,1.25,4%\n",
        "1001,1,Plan,1,10/1/2011,12/31/2011,10/1/2011,1/15/2012,0.5,Completed\n"
        '1001,2,Build,2,1/1/2012,9/30/2012,1/16/2012,,"$0.75",In Progress\n',
    )
    read_as = found.columns.set_index("heading")["read_as"].to_dict()
    assert read_as["Completion Date Planned"] == "activities.finish"
    assert read_as["Completion Date (B1)"] == "projects.finish"
    assert read_as["Cost Variance (%)"] == ""
    assert found.left_out.empty
    assert found.issues.empty
    assert found.reconciliation.loc["1001", "activities"] == 1_250_000
    plan, build = found.program.project("1001").activities
    assert (plan.actual_start, plan.actual_finish) == (date(2011, 10, 1), datetime(2012, 1, 15))
    assert (build.duration, build.actual_start) == (273, date(2012, 1, 16))
    assert found.program.settings.status_date == date(2012, 1, 16)


def test_a_table_that_stands_on_its_side_is_turned() -> None:
    rows = [
        MAJOR.strip().split(","),
        ["M1", "Ship", "MOD", "Military", "01/04/2019", "31/03/2029", "0%", "4", "9"],
    ]
    text = "\n".join(",".join(column) for column in zip(*rows, strict=True))
    found = read_portfolio_bytes("majors.csv", text)
    assert found.notes[0] == (
        "sheet 'majors': headings stand in the first column, so it was turned"
    )
    assert found.program.member("M1").money == {"cost": 4e6, "benefit": 9e6}


def test_a_file_for_each_department_is_one_table_in_pieces(tmp_path: Path) -> None:
    for n, name in enumerate(("MOD", "DFT")):
        row = f"{name}1,Ship,{name},Military,2019-04-0{n + 1},2029-03-31,0%,4,9\n"
        (tmp_path / f"{name}.csv").write_text(MAJOR + row)
    (tmp_path / "notes.csv").write_text("word,meaning\nDFT,transport\n")
    found = read_portfolio(tmp_path)
    assert sorted(found.table.index) == ["DFT1", "MOD1"]
    assert found.notes[0] == ("sheet 'notes' was not read: too few of its headings are understood")


def test_a_workbook_and_columns_that_only_the_user_knows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Vorhaben"
    for row in (("Kennung", "Titel", "Soll in T EUR", "Von", "Bis"),
                (7.0, "Brücke", 1200, datetime(2026, 1, 1), datetime(2026, 12, 31))):  # fmt: skip
        sheet.append(row)
    book.save(tmp_path / "plan.xlsx")
    columns = {"Kennung": "id", "Titel": "projects.name", "Soll in T EUR": "cost", "Von": "start",
               "Bis": "finish"}  # fmt: skip
    found = read_portfolio(tmp_path / "plan.xlsx", columns=columns, unit="k EUR")
    assert found.program.member("7").money == {"cost": 1_200_000}
    assert found.program.settings.currency == "EUR"
    assert found.program.project("7").activities[0].duration == 364
    assert "'Soll in T EUR': amounts are multiplied by 1,000, as unit= says" in found.notes
