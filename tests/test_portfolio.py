"""What is asked of a portfolio, and what comes back, must make sense."""

from __future__ import annotations

import pytest

from pmkit.files.portfolio import read_portfolio_bytes
from pmkit.model.errors import PlanError
from tests.wording import exactly


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("a,b\n1,2\n", (
            "p.csv, a portfolio must have a table of projects or of activities with headings such "
            "as id, name, planned cost, start date; the sheets are 'p'; say which column is which "
            "with columns={'their heading': 'our column'}",)),
        ("", ("p.csv, the file is empty",)),
        ("id,name,cost\n", ("p.csv, no project can be imported",)),
        ("id,name,cost\n1,X,\n", (
            "p.csv, no project can be imported",
            "p.csv, p row 2, project '1': it has no activities and no cost: there is nothing to "
            "schedule or to fund")),
    ],
)  # fmt: skip
def test_a_file_with_nothing_in_it_says_why(text: str, sentences: tuple[str, ...]) -> None:
    with pytest.raises(PlanError, match=exactly(*sentences)):
        read_portfolio_bytes("p.csv", text)


def test_what_is_asked_must_make_sense() -> None:
    text = "id,name,cost\n1,X,5\n"
    with pytest.raises(PlanError, match=exactly(
        "portfolio: unit must be a scale and a currency such as 'million USD' or 'k EUR', got "
        "'plenty'", "portfolio: status_date must be a date, got '2026-01-01'",
    )):  # fmt: skip
        read_portfolio_bytes("p.csv", text, unit="plenty", status_date="2026-01-01")  # type: ignore[arg-type]
    with pytest.raises(PlanError, match=exactly(
        "p.csv, columns: 'price' must be a heading of the file, there is none like it"
    )):  # fmt: skip
        read_portfolio_bytes("p.csv", text, columns={"price": "cost"})
    with pytest.raises(PlanError, match=r"columns: 'worth' must be one of actual_cost, "):
        read_portfolio_bytes("p.csv", text, columns={"name": "worth"})
    found = read_portfolio_bytes("p.csv", text)
    with pytest.raises(PlanError, match=exactly(
        "portfolio: project must be one of the file's, got '9'"
    )):  # fmt: skip
        found.explain("9")


def test_what_people_typed_is_only_words() -> None:
    found = read_portfolio_bytes("p.csv", "id,name,cost,department\n1,<b>x</b>,5,<b>y</b>\n")
    assert "<b>" not in found._repr_html_()
