"""Projects against objectives, drawn."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

from pmkit.analysis.aligning.alignment import align
from pmkit.data import sample
from pmkit.views.alignment import alignment_chart
from pmkit.views.show import svg
from pmkit.views.theme import DARK
from tests.test_alignment import _alignment


def _texts(chart: Any) -> list[str]:
    return [e.text or "" for e in ET.fromstring(svg(chart)).iter() if e.tag.endswith("text")]


def test_every_contribution_weight_and_score_is_there_the_best_project_first() -> None:
    texts = _texts(alignment_chart(align(sample())))
    assert {"+0.9", "\u22120.1", "weight 40 %", "0.615", "0.185"} <= set(texts)
    assert [t for t in texts if t in ("Fleet", "Service", "Depot")] == ["Fleet", "Service", "Depot"]
    assert {"Cleaner air in the", "centre"} <= set(texts)  # on two lines


def test_the_title_names_the_best_and_the_least_and_the_subtitle_what_serves_nothing() -> None:
    found = _alignment({"P": (1, 0), "Q": (0, 0), "R": (-1, 0)}, (1, 1))
    title = alignment_chart(found, theme=DARK).title
    assert title.text == "P is aligned best (0.500), R least (\u22120.500)"
    assert title.subtitle.endswith("Serve nothing: Q, R. Served by nobody: o1")


def test_meaning_is_not_carried_by_colour_alone() -> None:
    cells = alignment_chart(_alignment({"P": (0.5, -0.5, 0)}, (1, 1, 1))).layer[0].data.values
    assert [cell["text"] for cell in cells] == ["+0.5", "\u22120.5", ""]


def test_one_project_alone_is_neither_best_nor_least_and_many_are_cut() -> None:
    assert alignment_chart(_alignment({"P": (0.5,)}, (1,))).title.text == "P: score 0.500"
    many = _alignment({f"P{n}": (n / 100,) for n in range(60)}, (1,))
    chart = alignment_chart(many)
    assert chart.title.subtitle.endswith("The first 40 of 60")
    assert chart.height == 40 * 34


def test_what_people_typed_is_only_words() -> None:
    html = "<b>x</b>" * 8
    assert "<b>" not in svg(alignment_chart(_alignment({html: (1,), "Q": (0,)}, (1,))))
