"""A report to send: what it says, that it needs nothing else, and that no name in it can act."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from pmkit.analysis.compare import Comparison, compare
from pmkit.analysis.figures import FIGURES
from pmkit.files.report import ReportChart, comparison_bytes, write_comparison
from pmkit.files.report_facts import assumptions, delta_words, value_text
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.calendar import Calendar
from pmkit.model.change import Change
from pmkit.model.dependency import Dependency
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.risk import RiskEvent
from pmkit.model.scenario import Scenario
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.reports import report_bytes
from tests.servers import ROOT
from tests.wording import exactly

HOSTILE = (
    "<script>pwned=1</script>",
    "<img src=https://evil.example/x onerror=pwned=1>",
    "\"'><svg onload=pwned=1>",
    "</style></title><b>bold</b>",
    "</svg><iframe src=//evil.example>",
    "=HYPERLINK(\"https://evil.example\")",
    "+1+1", "-2-2", "@SUM(A1)", "\t=1+1", "\r=1+1",
    "javascript:pwned=1",
    "\u202egnihton",
    "&lt;already&gt;",
)  # fmt: skip


def plan_of(*, name: str = "Depot", **fields: Any) -> Project:
    """Return a dated plan with uncertain durations, money and a risk."""
    settings = Settings(name=name, start=date(2026, 3, 2), currency="EUR")
    return Project(
        (
            Activity("A", 4, "Dig", fixed_cost=100, three_point=ThreePoint(3, 4, 8)),
            Activity("B", 6, "Build", cost_per_day=10, three_point=ThreePoint(5, 6, 12)),
            Activity("C", 5, "Order", three_point=ThreePoint(2, 5, 9, "triangular")),
            Activity("D", 0, "Done"),
        ),
        (Dependency("A", "B"), Dependency("A", "C"), Dependency("B", "D"), Dependency("C", "D")),
        **{
            "settings": settings,
            "risks": (RiskEvent("R1", "frost", ("C",), 0.2, 3, 500),),
            "notes": ("Column 'colour' is kept but not used.",),
        }
        | fields,
    )


@pytest.fixture(scope="module")
def compared() -> Comparison:
    slow = Scenario("Slow", [Change("B", duration="+3"), Change("C -> D", lag=1)])
    return compare(plan_of(), [slow, Scenario("Cheap", [Change("A", fixed_cost=60)])], trials=500)


@pytest.fixture(scope="module")
def html(compared: Comparison) -> str:
    return report_bytes(compared, "report.html").decode()


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


class Page(HTMLParser):
    """The elements of a page, and whether each that opens also closes."""

    VOID = frozenset(("meta", "link", "br", "img", "hr", "input", "base"))

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open and "svg" not in self.open:
            self.text.append(data)

    def all(self, *tags: str) -> list[tuple[str, dict[str, str | None]]]:
        return [element for element in self.elements if element[0] in tags]


def shown_text(html: str) -> str:
    return re.sub(r"\s+", " ", " ".join(Page(html).text))


# -- What the page says ----------------------------------------------------------------


def test_the_page_gives_the_answer_first(html: str) -> None:
    text = shown_text(html)
    # 2026-03-02 is a Monday: ten working days end on Friday the 13th, thirteen on Wednesday
    assert "Depot: scenarios The plan finishes 13 Mar 2026; the chance of that is" in text
    assert "Slow finishes 18 Mar 2026 (3 working days later), is 80 % sure to finish by" in text
    assert "and costs EUR 190 (EUR 30 more)." in text
    assert "Cheap finishes 13 Mar 2026 (no change), is 80 % sure" in text


def test_the_page_traces_the_difference_to_each_change(html: str) -> None:
    text = shown_text(html)
    assert "What each change causes, on top of those before it" in text
    assert re.search(r"B: duration \+3 3 working days later [\d.]+ working days later EUR 30", text)
    assert "C -> D: lag 1 no change" in text
    assert "All together 3 working days later" in text


def test_the_page_lists_what_moves_and_counts_what_does_not(html: str) -> None:
    text = shown_text(html)
    assert "B Build 6 Mar 2026 18 Mar 2026 3 working days later 0 days" in text
    assert "Not in the table: 1 keep their dates but not their float or criticality." in text


def test_the_page_tells_its_assumptions_and_notes(html: str) -> None:
    text = shown_text(html)
    for label, value in (
        ("Simulation", "500 trials, seed 0, the same random numbers in the plan and in each"),
        ("Uncertain durations", "2 beta-PERT, 1 triangular; 1 certain"),
        ("Correlation", "none: durations vary on their own"),
        ("Risk events", "1 event, drawn in every trial"),
        ("Project calendar", "standard: Mon Tue Wed Thu Fri 08:00-12:00 13:00-17:00"),
        ("Working day", "8 hours"),
        ("Date constraints", "dependencies come first; a conflict shows as negative float"),
        ("Made with", "pmkit 0."),
    ):
        assert f"{label} {value}" in text
    assert "Notes on the plan Column 'colour' is kept but not used." in text


def test_assumptions_follow_the_plan() -> None:
    plan = plan_of(
        settings=Settings(
            start=datetime(2026, 3, 2, 13), finish=date(2026, 4, 1), status_date=date(2026, 3, 9),
            constraints="honour_dates", hours_per_day=7.5, critical_float=1, calendar="City",
        ),
        calendars=(
            Calendar.from_rows("City", [("Mon-Fri", "08:00-15:30"), ("2026-03-20", "")]),
            Calendar.standard("Site"),
        ),
    )  # fmt: skip
    late = replace(plan.activities[0], percent_complete=20, correlation_group="ground")
    plan = replace(plan, activities=(late, *plan.activities[1:]))
    told = dict(assumptions(compare(plan, trials=100)))
    assert told["Start"] == "2 Mar 2026 13:00"
    assert told["Imposed finish"] == "1 Apr 2026; late dates count back from it"
    assert told["Date of the status"] == "9 Mar 2026"
    assert told["Progress"].endswith("scheduled from the status date (retained logic)")
    assert told["Project calendar"] == "City: Mon Tue Wed Thu Fri 08:00-15:30; 1 other day"
    assert told["Other calendars"] == "Site"
    assert told["Working day"] == "7.5 hours"
    assert told["Date constraints"] == "dates come first, as in MS Project (honour_dates)"
    assert told["Critical"] == "total float of at most 1 working day"
    assert told["Correlation"] == "0.5 between durations of the same group: ground (1)"


@pytest.mark.parametrize(
    ("name", "delta", "words"),
    [
        ("finish", 1.0, "1 working day later"),
        ("finish", -0.25, "0.25 working days earlier"),
        ("finish_p80", -4.5889, "4.6 working days earlier"),
        ("finish_date", 7, "7 calendar days later"),
        ("chance_of_plan_finish", 0.01, "1 percentage point more"),
        ("cost", -1200, "EUR 1,200 less"),
        ("critical_activities", 2, "2 more"),
        ("cost", 1e-9, "no change"),
        ("finish", None, "–"),
    ],
)
def test_a_difference_is_told_in_words(name: str, delta: float | None, words: str) -> None:
    assert delta_words(name, delta, "EUR") == words


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("finish", 136.0, "136 working days"),
        ("finish_p80_date", datetime(2026, 8, 26, 9, 9), "26 Aug 2026"),
        ("chance_of_plan_finish", 0.012, "1.2 %"),
        ("chance_of_plan_finish", 1.0, "100 %"),
        ("cost_p95", 9_551_417.4, "9,551,417"),
        ("finish_date", None, "–"),
    ],
)
def test_a_value_is_shown_as_people_read_it(name: str, value: Any, text: str) -> None:
    assert value_text(name, value) == text


# -- Plans and comparisons of every shape ----------------------------------------------


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


def test_charts_are_drawn_where_there_is_no_scenario_or_no_start_to_share() -> None:
    undated = Scenario("Undated", Change("settings", start=None))
    for scenarios in ([], [undated]):
        page = Page(report_bytes(compare(plan_of(), scenarios, trials=0), "a.html").decode())
        assert len(page.all("figure")) == 1


def test_a_finish_that_nothing_uncertain_decides_is_told_once() -> None:
    certain = Project.from_table([("A", 3, ""), ("B", 2, "A")])
    slow = Scenario("Slow", Change("B", duration=4))
    html = report_bytes(compare(certain, slow, trials=20), "a.html").decode()
    text = shown_text(html)
    assert "The plan finishes after 5 working days." in text
    assert "Slow finishes after 7 working days (2 working days later)." in text
    assert "P80" not in text
    assert "Certainty the finish is the same in every trial" in text
    assert len(Page(html).all("figure")) == 1


def test_a_picture_higher_than_a_page_may_run_over_several() -> None:
    compared = compare(plan_of(), trials=0)
    for height, tall in ((1800, False), (1801, True)):
        chart = ReportChart("rows", f'<svg width="9" height="{height}"></svg>')
        html = comparison_bytes(compared, "a.html", [chart]).decode()
        assert ("<figure class='tall'>" in html) is tall


def test_money_is_left_out_of_the_page_where_there_is_none() -> None:
    plan = Project.from_table([("A", 3, ""), ("B", 2, "A")])
    compared = compare(plan, Scenario("Slow", Change("B", duration=4)), trials=0)
    assert (
        "ost" not in shown_text(comparison_bytes(compared, "a.html").decode()).split("What the")[0]
    )


# -- The page stands alone, and can be read by everyone ---------------------------------


def test_the_page_asks_for_nothing_and_runs_nothing(html: str) -> None:
    page = Page(html)
    assert page.all("script", "link", "img", "iframe", "object", "embed", "form", "base") == []
    for tag, attributes in page.elements:
        for name, value in attributes.items():
            assert not name.startswith("on"), tag
            if name in ("src", "href", "xlink:href", "action"):
                assert str(value).startswith("#"), (tag, value)
    assert "@import" not in html
    assert set(re.findall(r"https?://[^\"' ]+", html)) <= {
        "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink",
    }  # fmt: skip
    assert set(re.findall(r"url\((.)", html)) <= {"#"}
    policy = dict(page.elements)["meta"]
    assert any("default-src 'none'" in str(a.get("content")) for _, a in page.all("meta")), policy


def test_the_page_has_a_language_headings_in_order_and_tables_with_captions(html: str) -> None:
    page = Page(html)
    assert page.open == []
    assert dict(page.elements)["html"]["lang"] == "en"
    assert [tag for tag, _ in page.all("h1", "h2", "h3")] == ["h1", *["h2"] * 5]
    assert len(page.all("table")) == len(page.all("caption")) > 0
    assert {a.get("scope") for _, a in page.all("th")} == {"row", "col"}
    for _, attributes in page.all("svg"):
        if "role" in attributes:
            assert attributes["role"] == "img"
            assert attributes["aria-label"]
    ids = [a["id"] for _, a in page.elements if "id" in a]
    assert len(ids) == len(set(ids))
    links = [str(a["href"])[1:] for _, a in page.all("a")]
    assert set(links) <= set(ids)


def test_each_chart_is_there_for_paper_and_for_a_dark_screen(html: str) -> None:
    page = Page(html)
    classes = [a.get("class") for _, a in page.all("div")]
    assert classes.count("light") == classes.count("dark") == 4  # finish, cost, a Gantt each
    assert "prefers-color-scheme: dark" in html
    assert "size: A4" in html


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


# -- The workbook ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def book(compared: Comparison) -> Any:
    content = comparison_bytes(compared, "a.xlsx", made_on=date(2026, 3, 30))
    return openpyxl.load_workbook(BytesIO(content))


def test_the_summary_holds_the_table_as_numbers_and_dates(book: Any, compared: Comparison) -> None:
    heading, *rows = book["Summary"].iter_rows(values_only=True)
    assert heading == ("figure", "unit", "plan", "Slow", "Slow delta", "Cheap", "Cheap delta")
    for (title, _, *values), (figure, expected) in zip(
        rows, compared.table.iterrows(), strict=False
    ):
        assert title == FIGURES[str(figure)].title
        for value, wanted in zip(values, expected, strict=True):
            if isinstance(wanted, datetime):
                assert isinstance(value, datetime)
                assert value.date() == wanted.date()
            else:
                assert value == pytest.approx(wanted), title


def test_numbers_have_formats_that_fit_them(book: Any) -> None:
    sheet = book["Summary"]
    formats = {row[0].value: [cell.number_format for cell in row[2:5]] for row in sheet.iter_rows()}
    assert formats["Finish"] == ["#,##0.0", "#,##0.0", "+#,##0.0;-#,##0.0;#,##0.0"]
    assert formats["Finish date"] == ["d mmm yyyy", "d mmm yyyy", "+0;-0;0"]
    assert formats["Chance of the plan's finish"] == ["0.0%", "0.0%", "+0.0%;-0.0%;0.0%"]
    assert formats["Cost"] == ["#,##0", "#,##0", "+#,##0;-#,##0;#,##0"]


def test_the_other_sheets_hold_causes_moves_and_assumptions(book: Any) -> None:
    changes = list(book["Changes"].iter_rows(min_row=2, max_row=4, max_col=4, values_only=True))
    assert changes == [
        ("Slow", "B: duration +3", 3, 3),
        ("Slow", "C -> D: lag 1", 0, 0),
        ("Cheap", "A: fixed cost 60", 0, 0),
    ]
    moves = list(book["Activities"].iter_rows(min_row=2, max_col=5, values_only=True))
    assert ("Slow", "B", "Build", 4, 13) in moves
    told = dict(book["Assumptions"].iter_rows(min_row=2, values_only=True))
    assert told["Simulation"].startswith("500 trials, seed 0")
    assert told["Note on the plan"] == "Column 'colour' is kept but not used."
    assert book["Summary"].cell(20, 1).value == "made on"


def test_finish_curves_rise_and_have_a_chart(book: Any) -> None:
    sheet = book["Finish curves"]
    shares, *curves = zip(*sheet.iter_rows(min_row=2, values_only=True), strict=True)
    assert shares[0] == 0.01
    for curve in curves:
        assert list(curve) == sorted(curve)
    assert len(sheet._charts[0].series) == 3


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


def test_a_text_longer_than_a_cell_is_cut() -> None:
    compared = compare(plan_of(notes=("x" * 40_000,)), trials=0)
    book = openpyxl.load_workbook(BytesIO(comparison_bytes(compared, "a.xlsx")))
    (last,) = list(book["Assumptions"].iter_rows(values_only=True))[-1:]
    assert last[1] == "x" * 32_000 + " …"


# -- Files -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["html", "xlsx"])
@pytest.mark.long
def test_the_same_comparison_is_the_same_bytes_in_any_process(kind: str) -> None:
    program = (
        "import hashlib, sys\n"
        "from tests.test_report import plan_of, compare, report_bytes\n"
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


def test_charts_stand_with_their_scenario_and_one_drawing_serves_where_there_is_no_dark_one(
    compared: Comparison,
) -> None:
    charts = [ReportChart("of <all>", "<svg>1</svg>"),
              ReportChart("of one", "<svg>2</svg>", scenario="Cheap")]  # fmt: skip
    html = comparison_bytes(compared, "a.html", charts).decode()
    assert "<figure><svg>1</svg><figcaption>of &lt;all&gt;</figcaption></figure>" in html
    assert html.index("scenario-2") < html.index("<svg>2</svg>") < html.index("id='assumptions'")
    assert "class='dark'" not in html


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
