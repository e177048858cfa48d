"""The tables of a class say what is in its marks, and have their columns when nothing is found."""

from __future__ import annotations

import pytest

from pmkit.data import sample_class
from pmkit.teach import class_tables
from pmkit.teach.class_report import class_report
from tests.class_cases import PS04


@pytest.fixture(scope="module")
def report():
    return class_report(sample_class(), PS04.name)


def test_tables_say_what_is_in_the_marks(report):
    stuck = report.stuck_table
    rights = sum((stuck[name] == "right").sum() for name in report.data.exercise.asked)
    states = [one.state for marked in report.data.marks.values() for one in marked]
    assert rights == states.count("right")
    for code, row in report.mistake_table.iterrows():
        made = {name for name, marked in report.data.marks.items()
                if any(one.code == code and one.state == "mistaken" for one in marked)}  # fmt: skip
        assert row["students"] == len(made)
        assert row["from"] < row["share"] < row["to"]
    assert list(report.item_table.index) == list(report.data.exercise.asked)
    assert list(stuck["points"]) == sorted(stuck["points"])
    costs = [round(one.lost, 9) for one in report.again]
    assert costs == sorted(costs, reverse=True)
    assert len(report.again_table) == len(costs)
    assert (report.tries_table["students"] <= 30).all()


@pytest.mark.parametrize(
    ("make", "columns"),
    [(class_tables.mistake_table, 7), (class_tables.again_table, 8), (class_tables.copied_table, 6),
     (class_tables.tries_table, 5)],
)  # fmt: skip
def test_where_nothing_is_found_the_columns_are_there_and_no_row(make, columns):
    assert make(()).shape == (0, columns)
