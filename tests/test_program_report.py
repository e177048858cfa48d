"""A program on one page: what it says and in which order, and that it is one page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pmkit.data import sample
from pmkit.files.program_report import program_report, program_report_bytes
from pmkit.files.program_report_fit import MOST
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.benefit import Benefit
from pmkit.model.control import Control
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.governance import Gate, Governance
from pmkit.model.issue import Issue
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.model.strategy import Strategy
from tests.report_cases import HOSTILE, Page, shown_text
from tests.wording import exactly

START = date(2026, 1, 5)
REPORTED = {"Depot": "green", "Fleet": "green", "Service": "amber"}


@pytest.fixture(scope="module")
def html() -> str:
    return program_report_bytes(
        sample(), previous=sample(progress=False), reported=REPORTED, made_on=date(2026, 5, 4)
    ).decode()


@pytest.fixture(scope="module")
def text(html: str) -> str:
    return shown_text(html)


def _crowded(count: int = 12, late: int = 0) -> Program:
    """A program in which every text tries something, and every block is more than full."""
    names = HOSTILE * count
    projects, benefits = [], []
    for n in range(count):
        id_, name = f"{n} {names[n]}".strip(), f"{names[n]} {'very long words ' * 12}"
        build = Activity(
            "Build", three_point=ThreePoint(50, 70 + late, 120), name=name, fixed_cost=2e9,
            baseline_start=START, baseline_finish=START + timedelta(days=90 + n),
            actual_start=START, percent_complete=40, actual_cost=9e8,
        )  # fmt: skip
        run = Activity("Run", 600, name=name, cost_per_day=1e6, baseline_finish=date(2028, 6, 2),
                       baseline_start=START + timedelta(days=100))  # fmt: skip
        info = ProjectInfo(id_, name, manager=f"{names[n + 1]} {'of Somewhere ' * 9}", sponsor=name)
        issue = Issue("I1", name, owner=name, due=date(2026, 3, 1))
        projects.append(
            Project((build, run), (Dependency("Build", "Run"),),
                    Settings(start=START, status_date=date(2026, 4, 1)), members=(info,),
                    control=Control(issues=(issue,)))
        )  # fmt: skip
        money = {f"benefit_{2027 + k}": 1e9 for k in range(8)}
        benefits.append(Benefit(f"B{n}", name, money, enablers=(id_,), owner=name))
    ids = [project.id for project in projects]
    links = [Dependency(f"{a}.Build", f"{b}.Run") for a, b in pairwise(ids)]
    gates = [Gate(f"G{n}", id_, names[n] * 4, date(2026, 5, 1)) for n, id_ in enumerate(ids)]
    settings = Settings(HOSTILE[0] + " and more " * 20, START, status_date=date(2026, 4, 1),
                        currency="<b>€")  # fmt: skip
    return Program(
        tuple(projects), tuple(links), settings, strategy=Strategy(benefits=tuple(benefits)),
        governance=Governance(gates=tuple(gates)),
    )  # fmt: skip


@pytest.fixture(scope="module")
def crowded() -> str:
    program = _crowded()
    reported = {project.id: "green" for project in program.projects}
    return program_report_bytes(
        program, previous=_crowded(11, late=-5), reported=reported, trials=60
    ).decode()


# -- What it says ----------------------------------------------------------------------


def test_decisions_come_first_and_then_the_rest_in_its_order(html: str, text: str) -> None:
    order = ["Decisions needed", "Status", "Interfaces", "Money", "Benefits", "Exceptions",
             "Changes since the last report"]  # fmt: skip
    places = [html.index(f"<h2>{heading}") for heading in order]
    assert places == sorted(places)
    assert html.index("<h1>") < places[0]
    assert "Lindhaven electric buses" in text.split("Decisions needed")[0]


def test_each_decision_has_who_decides_by_when_and_what_is_recommended(text: str) -> None:
    block = text.split("Decisions needed")[1].split("Status")[0]
    assert "What Who decides By Recommended" in block
    assert "Depot time 17.5 days beyond its limit portfolio board 10 Jul 2026 Crash Depot" in block
    assert "Fleet gate G1 Before the other ten buses are built sponsor" in block
    assert "and 1 more" in block


def test_every_project_has_its_colours_in_words_and_its_forecast(text: str) -> None:
    block = text.split("Status")[1].split("Interfaces")[0]
    assert ("Depot Charging depot \u25a0 red \u25a0 R \u25a0 R \u25cf green \u2260 5 Aug 2026 "
            "22.5 d later +18.5 % 0.74 0.75 0.81") in block  # fmt: skip
    assert "\u25b2 amber" in block
    assert re.search(r"Program \u25a0 red .* 25 Aug 2026 21 d later", block)


def test_interfaces_money_and_benefits_have_their_figures(text: str) -> None:
    assert "Amara Okafor \u2192 Jonas Lindqvist 5 Jun 2026 23 Jun 2026" in text
    money = text.split("Money")[1].split("Benefits")[0]
    assert "EUR thousand Budget Spent Forecast P80 Total 9,452 4,234 9,610" in money
    assert "2026 9,452 9,610" in money
    benefits = text.split("Benefits")[1].split("Exceptions")[0]
    assert "Owner Planned Forecast Realised Diesel that is not bought Head of Operations" in (
        benefits
    )
    assert "nobody" in benefits


def test_exceptions_name_what_hides_and_what_is_overdue(text: str) -> None:
    block = text.split("Exceptions")[1].split("Changes since")[0]
    assert "program CPI 0.97 hides Depot at 0.81" in block
    assert "Depot: reported green, computed red" in block
    assert "due 2026-04-24, of City lawyer: issue Depot.I3" in block


def test_what_has_moved_is_told_and_without_an_earlier_report_it_is_said(text: str) -> None:
    block = text.split("Changes since the last report")[1]
    assert re.search(r"Depot: P80 finish [\d.]+ days later, P80 cost EUR [\d,]+ more, ", block)
    alone = shown_text(program_report_bytes(_crowded(1), trials=5).decode())
    assert "No earlier report was given." in alone
    assert "made on" not in alone


def test_a_program_within_tolerance_says_that_nothing_is_to_be_decided() -> None:
    calm = Activity("Build", 10, baseline_start=0, baseline_finish=10, fixed_cost=5)
    program = Program((Project((calm,), members=(ProjectInfo("Depot"),)),))
    text = shown_text(program_report_bytes(program, trials=5).decode())
    assert "None: every forecast is within its tolerance." in text
    assert "Nothing is beyond tolerance." in text
    assert "P80 of the finish is day 10; committed to day 10" in text
    assert "No benefits are told." in text


def test_rows_beyond_what_a_page_holds_are_counted(crowded: str) -> None:
    text = shown_text(crowded)
    rows = len(re.findall(r"<svg class='strip'", crowded))
    assert rows == MOST["projects"] + 1
    assert "and 4 more, none of them worse" in text
    assert "gate G0" in text  # though there are more exceptions than rows
    assert re.search(r"and \d+ more Status", text)
    assert "EUR" not in text
    assert "million" in text


# -- The file --------------------------------------------------------------------------


def test_no_name_becomes_markup(html: str, crowded: str) -> None:
    page = Page(crowded)
    assert page.open == []
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in Page(html).elements} | {"path"}
    assert not any(name.startswith("on") for _, a in page.elements for name in a)
    for attributes in (a for _, a in page.elements):
        assert not {"src", "href", "action", "srcset"} & set(attributes)
    assert page.all("script", "link", "img", "iframe", "object", "form", "base") == []
    assert "evil.example" in crowded  # as text


def test_it_asks_for_nothing_and_every_picture_has_words(html: str) -> None:
    assert "default-src 'none'" in html
    assert re.findall(r"https?://", html) == []
    assert "@import" not in html
    for _, attributes in Page(html).all("svg"):
        assert attributes["role"] == "img"
        assert attributes["aria-label"]
    assert {a.get("scope") for _, a in Page(html).all("th")} == {"row", "col"}


def test_the_same_program_gives_the_same_bytes_and_one_file(tmp_path: Path) -> None:
    program = _crowded(2)
    path = tmp_path / "program.html"
    program_report(program, path, trials=5)
    program_report(program, str(path), trials=5)
    assert path.read_bytes() == program_report_bytes(program, "x.HTML", trials=5)
    assert [one.name for one in tmp_path.iterdir()] == ["program.html"]


def test_characters_that_cannot_be_written_do_not_stop_the_page() -> None:
    program = _crowded(1)
    program = replace(program, settings=replace(program.settings, name="a\x00b\ud800c"))
    assert b"<h1>" in program_report_bytes(program, trials=5)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("report.pdf", "report.pdf, a program report must be written as .html, got .pdf"),
        ("report", "report, a program report must be written as .html, got no ending"),
        ("folder.html", "folder.html, a folder of that name exists already"),
    ],
)
def test_what_cannot_be_written_is_a_sentence(name: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(PlanError, match=exactly(sentence)):
        program_report(_crowded(1), tmp_path / name, trials=2)


# -- On paper --------------------------------------------------------------------------


def _pages(page: Any, html: str) -> int:
    address = "http://127.0.0.1/program.html"
    page.route(address, lambda r: r.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto(address)
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


def test_the_sample_is_one_page_of_a4(page: Any, axe: Any, html: str,
                                      foreign_requests: list[str]) -> None:  # fmt: skip
    assert _pages(page, html) == 1
    assert axe(page) == []
    assert foreign_requests == []


def test_a_full_page_is_one_page_and_no_name_acts(page: Any, crowded: str,
                                                  foreign_requests: list[str]) -> None:  # fmt: skip
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    assert _pages(page, crowded) == 1
    assert page.evaluate("typeof pwned") == "undefined"
    # nothing is wider than the paper
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert foreign_requests == dialogs == []
