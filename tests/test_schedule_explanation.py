"""The arithmetic of an activity's dates and floats, with the numbers put in."""

from __future__ import annotations

import pytest

from pmkit.analysis.scheduling.schedule import critical_path
from pmkit.model.project import Project
from tests.schedule_plans import MONDAY, table_of, taylors_plan


@pytest.fixture
def textbook() -> Project:
    return taylors_plan()


def test_the_explanation_names_the_driving_predecessor_and_shows_the_numbers() -> None:
    plan = table_of(("A", 3, ""), ("B", 1, ""), ("C", 2, "A FS+1; B"), start=MONDAY)
    text = str(critical_path(plan).explain("C"))
    assert "driven by 'A' (FS+1), whose early finish is 2026-01-07 17:00 (day 3)" in text
    assert "'B'" not in text
    assert "early start = 2026-01-09 08:00 (day 4)" in text


def test_the_explanation_of_float_names_its_days(textbook: Project) -> None:
    text = str(critical_path(textbook).explain("C"))
    assert "total float = late - early = 2 days" in text
    assert "free float = 2 days" in text
