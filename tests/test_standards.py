"""How three bodies draw the lines."""

from __future__ import annotations

import re

from pmkit.learning.standards import Standards, read_standards, standards
from pmkit.learning.tables import Reader


def test_every_question_has_an_answer_of_every_body():
    table = standards().table
    assert list(table.columns) == ["PMI", "MSP", "ISO"]
    assert (table != "").all(axis=None)
    assert table.index.is_unique


def test_it_says_who_owns_benefits_who_funds_and_who_may_stop_a_project():
    told = " ".join(standards().table.index).lower()
    for word in ("project", "program", "portfolio", "benefits", "funds", "stop", "life cycle",
                 "change", "success"):  # fmt: skip
        assert word in told


def test_editions_are_named_with_their_years():
    editions = standards().table.loc["Editions"]
    assert "7th ed. (2021)" in editions["PMI"]
    assert "5th ed. (AXELOS, 2020)" in editions["MSP"]
    for name in ("21502:2020", "21503:2022", "21504:2022"):
        assert name in editions["ISO"]


def test_an_empty_answer_has_its_place(tmp_path):
    (tmp_path / "standards.csv").write_text("question,PMI,MSP,ISO\nWho?,a,,c\n")
    reader = Reader(tmp_path)
    assert read_standards(reader).rows == ()
    [problem] = reader.problems
    assert (problem.file, problem.row, problem.column) == ("standards.csv", 2, "MSP")


def test_what_the_table_holds_is_only_words_on_the_page():
    page = Standards((("<i>?", "a & b", "<b>", "c"),))._repr_html_()
    assert not re.search(r"<[bi]>", page)
    assert "a &amp; b" in page
    assert repr(standards()).startswith("How PMI, MSP and ISO draw the lines\nEditions\n  PMI: ")
