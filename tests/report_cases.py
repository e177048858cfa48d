"""A plan with something of everything to report, and a page as its reader finds it."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

from pmkit.analysis.compare import Comparison, compare
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.change import Change
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.model.risk import RiskEvent
from pmkit.model.scenario import Scenario
from pmkit.model.settings import Settings

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


def two_scenarios() -> Comparison:
    """Return that plan beside a slower one and a cheaper one."""
    slow = Scenario("Slow", [Change("B", duration="+3"), Change("C -> D", lag=1)])
    return compare(plan_of(), [slow, Scenario("Cheap", [Change("A", fixed_cost=60)])], trials=500)


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
