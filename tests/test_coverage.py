"""Every line of what is taught has its lesson, its panel, its decision and its check."""

from __future__ import annotations

import csv
import json
from dataclasses import replace

import pytest

from pmkit.learning.tables import tables_folder
from tests.lesson_cases import card, check, lessons
from tools.make_coverage import PAGE, Covered, covered, page, panels_of

with (tables_folder() / "taught.csv").open(encoding="utf-8") as stream:
    IDS = [row["id"] for row in csv.DictReader(stream)]


@pytest.fixture(scope="module")
def lines() -> list[Covered]:
    return covered()


@pytest.mark.parametrize("id_", IDS)
def test_every_line_has_a_lesson_a_panel_a_decision_and_a_check(lines, id_):
    assert taught(id_, *lines).missing == ()


def test_the_page_is_what_the_script_makes(lines):
    assert PAGE.read_text(encoding="utf-8") == page(lines), "python tools/make_coverage.py"


def notebook(folder, name, *cells):
    """Write a notebook of code cells, each with its tags."""
    told = [{"cell_type": "code", "source": [source], "metadata": {"tags": list(tags)}}
            for source, *tags in cells]  # fmt: skip
    (folder / name).write_text(json.dumps({"cells": told}))


def taught(id_: str, *found) -> Covered:
    """Return one line of what two lessons cover."""
    return next(line for line in found if line.id == id_)


def test_a_line_is_where_cards_and_checks_name_it_with_the_panels_of_that_lesson(tmp_path):
    one, two = lessons()
    one = replace(
        one,
        all_cards=(card("01-x", teaches=("pm-risks",)),),
        all_checks=(replace(check("01-a", "01a"), teaches=("pm-risks", "pm-budget")),),
    )
    notebook(tmp_path, "01_one.ipynb", ("pm.RiskPanel(plan)",), ("lesson.cards()",))
    notebook(tmp_path, "02_two.ipynb", ("pm.WhatIf(plan)",))
    lines = covered((one, two), tmp_path)
    risks, budget = taught("pm-risks", *lines), taught("pm-budget", *lines)
    assert (risks.lessons, risks.panels, risks.cards, risks.checks) == (
        ("01",), ("RiskPanel",), ("01-x",), ("01-a",),
    )  # fmt: skip
    assert risks.missing == ()
    assert budget.missing == ("cards",)
    assert taught("pm-team", *lines).missing == ("lessons", "panels", "cards", "checks")


def test_a_panel_that_is_tagged_belongs_to_its_lines_only(tmp_path):
    one, _ = lessons()
    one = replace(one, all_checks=(replace(check("01-a", "01a"), teaches=("pm-budget",)),))
    notebook(
        tmp_path, "01_one.ipynb", ("pm.RiskPanel(plan)", "teaches:pm-risks"),
        ("panel = pm.CrashPanel(plan)\npanel", "predict"), ("lesson.skills()", "teaches:pm-skills"),
    )  # fmt: skip
    lines = covered((one,), tmp_path)
    assert taught("pm-budget", *lines).panels == ("CrashPanel",)
    assert taught("pm-risks", *lines).panels == ("RiskPanel",)
    assert taught("pm-skills", *lines).panels == ("SkillPanel",)


def test_a_lesson_without_a_notebook_has_no_panels(tmp_path):
    assert list(panels_of(tmp_path, lessons()[0])) == []


def test_what_is_missing_stands_on_the_page():
    text = page([Covered("pm-x", "both", "Something", ("01",), (), ("01-a", "01-b"), ())])
    assert "## Comparison" in text
    assert "| Something (`pm-x`) | 01 | **none** | 01-a, 01-b | **none** |" in text
