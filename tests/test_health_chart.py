"""The health card: every rule with value, threshold and offenders."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

from pmkit.analysis.health import check_health
from pmkit.data import sample
from pmkit.model.activity import Activity
from pmkit.model.project import Project
from pmkit.views.health import health_chart
from pmkit.views.show import svg
from pmkit.views.theme import DARK


def _texts(chart: Any) -> list[str]:
    return [e.text or "" for e in ET.fromstring(svg(chart)).iter() if e.tag.endswith("text")]


def test_every_rule_has_its_row() -> None:
    health = check_health(sample())
    chart = health_chart(health, picked="lags")
    texts = _texts(chart)
    for check in health.checks:
        assert check.rule in texts
    marks = [row["mark"] for row in chart.layer[1].data.values]
    assert marks == [check.mark for check in health.checks]
    assert health["lags"].value_text in texts
    assert f"{health['lags'].count} of {health['lags'].of}" in texts


def test_the_title_counts_and_names_what_fails() -> None:
    assert health_chart(check_health(sample())).title.text == (
        "9 of 18 checks fail: leads, lags, relationship types and 6 more"
    )
    plan = Project.from_table([("A", 3, ""), ("B", 2, "A")])
    assert health_chart(check_health(plan), theme=DARK).title.text == "All 12 checks pass"


def test_what_cannot_be_checked_says_why() -> None:
    texts = _texts(health_chart(check_health(sample(progress=False))))
    assert "needs a status date" in texts
    done = Activity("A", 3, actual_start=0, actual_finish=3, percent_complete=100)
    over = health_chart(check_health(Project((done,))))
    assert "nothing is left to do" in _texts(over)
