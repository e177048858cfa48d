"""No name in a report can act, on its page or in its workbook."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from itertools import pairwise
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from pmkit.analysis.compare import Comparison, compare
from pmkit.files.report import comparison_bytes
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.calendar import Calendar
from pmkit.model.change import Change
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.model.risk import RiskEvent
from pmkit.model.scenario import Scenario
from pmkit.model.settings import Settings
from pmkit.reports import report_bytes
from tests.report_cases import HOSTILE, Page, plan_of, two_scenarios


@pytest.fixture(scope="module")
def html() -> str:
    return report_bytes(two_scenarios(), "report.html").decode()


@pytest.fixture(scope="module")
def hostile() -> Comparison:
    """Return a comparison in which every text that a plan can hold tries something."""
    names = iter(HOSTILE * 9)
    activities = [
        Activity(f"{n} {next(names)}", 3 + n, next(names), correlation_group=next(names),
                 three_point=ThreePoint(2, 3 + n, 20), calendar="<u>site", wbs=next(names))
        for n in range(len(HOSTILE))
    ]  # fmt: skip
    ids = [activity.id for activity in activities]
    plan = Project(
        tuple(activities),
        tuple(Dependency(*pair) for pair in pairwise(ids)),
        Settings(HOSTILE[0], date(2026, 3, 2), currency="<b>€", calendar="<i>home"),
        (Calendar.standard("<i>home"), Calendar.standard("<u>site")),
        risks=(RiskEvent(HOSTILE[0], HOSTILE[1], (ids[0],), 0.5, 3, 99),),
        notes=HOSTILE,
    )
    new = RiskEvent(HOSTILE[3], HOSTILE[2], (ids[3],), 0.3, 4)
    scenarios = [
        Scenario(name, [Change(ids[0], duration="+5", name=name), Change("x", risk=new)])
        for name in (HOSTILE[0], HOSTILE[1], HOSTILE[5])
    ]
    return compare(plan, scenarios, trials=100)


@pytest.fixture(scope="module")
def hostile_html(hostile: Comparison) -> str:
    return report_bytes(hostile, "report.html").decode()


def test_no_name_becomes_markup(html: str, hostile_html: str) -> None:
    page = Page(hostile_html)
    assert page.open == []
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in Page(html).elements}
    assert not any(name.startswith("on") for _, a in page.elements for name in a)
    assert "evil.example" in hostile_html  # as text


def test_characters_that_cannot_be_written_do_not_stop_the_page() -> None:
    compared = compare(plan_of(name="a\x00b\x0bc\ud800d"), Scenario("s\ud800"), trials=0)
    assert b"<h1>" in comparison_bytes(compared, "a.html")
    book = openpyxl.load_workbook(BytesIO(comparison_bytes(compared, "a.xlsx")))
    assert book["Summary"]["D1"].value.startswith("s")


def test_in_a_browser_nothing_runs_nothing_is_fetched_and_axe_finds_nothing_serious(
    page: Any, axe: Any, foreign_requests: list[str], hostile_html: str
) -> None:
    address = "http://127.0.0.1/report.html"
    page.route(address, lambda r: r.fulfill(body=hostile_html, content_type="text/html"))
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    for scheme, background in (("light", "rgb(255, 255, 255)"), ("dark", "rgb(22, 25, 29)")):
        page.emulate_media(color_scheme=scheme)
        page.goto(address)
        assert page.evaluate("typeof pwned") == "undefined"
        shown = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert shown == background
        assert page.locator(f"figure .{scheme}").first.is_visible()
        assert axe(page) == []
    assert foreign_requests == dialogs == []


def test_no_cell_of_the_workbook_is_a_formula(hostile: Comparison) -> None:
    content = comparison_bytes(hostile, "a.xlsx")
    with ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in archive.read(name)
            assert b"<hyperlink" not in archive.read(name)
    cells = [
        cell
        for sheet in openpyxl.load_workbook(BytesIO(content))
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]
    risky = [cell for cell in cells if cell.value[:1] in "=+-@\t\r"]
    assert len(risky) > 10
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in risky)
