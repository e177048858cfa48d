"""A question and an answer as html: as that student saw the one and gave the other, and inert."""

from __future__ import annotations

from typing import Any

import pytest

from pmkit.learning.exercising.question import Question
from pmkit.teach.collecting import Collected, NotAnAnswer
from pmkit.teach.kept_answers import Kept, as_kept
from pmkit.teach.shown import asked_html, given_html, text_html

HOSTILE = "<script>alert(1)</script>\u202e\ud800\x00"
INERT = "&lt;script&gt;alert(1)&lt;/script&gt;\ufffd\ufffd\ufffd"
NUMBER = Question("eac", "number", 1, "", unit="thousand", decimals=1)
CHOICE = Question("who", "choice", 1, "Who?", options={"a": "PM & team", "b": "<b>Sponsor"})
ORDER = Question("order", "order", 1, "", options={"a": "Plan", "b": "<i>Build"})
TABLE = Question("pays", "table", 1, "", unit="EUR", rows=("estimate", "<u>reserve"))
POLICY = Question("decides", "policy", 1, "", takes=("cost", "days"))
WRITTEN = Question("tell", "written", 1, "")


def kept(question: Question, value: Any) -> Kept:
    """As it is read again from the file of the answers."""
    return as_kept(Kept("d", "", Collected({question.name: value})))


def line(text: str) -> str:
    said = f"<span class='label'>You gave</span> <span class='typed'>{text}</span>"
    return f"<div class='given'>{said}</div>"


def block(inside: str) -> str:
    return f"<div class='given'><p class='label'>You gave</p>{inside}</div>"


def test_a_question_is_shown_with_what_there_was_to_choose_from():
    assert asked_html(CHOICE) == (
        "<p class='asked'>Who?</p><ul class='options'><li><code>a</code> PM &amp; team</li>"
        "<li><code>b</code> &lt;b&gt;Sponsor</li></ul>"
    )
    assert asked_html(Question("x", "number", 1, "<?>")) == "<p class='asked'>&lt;?&gt;</p>"


@pytest.mark.parametrize(
    ("question", "value", "shown"),
    [
        (NUMBER, 1250.55, line("1,250.55 thousand")),
        (NUMBER, "1250,5", line("1250,5 thousand, read as 1,250.5 thousand")),
        (NUMBER, NotAnAnswer("<Axes>"), line("&lt;Axes&gt;")),
        (NUMBER, ["<b>", 3], line("[&#x27;&lt;b&gt;&#x27;, 3]")),
        (NUMBER, NotAnAnswer("  x\n0 1"), block("<span class='typed'>  x\n0 1</span>")),
        (CHOICE, "b", line("b: &lt;b&gt;Sponsor")),
        (CHOICE, "<b>", line("&#x27;&lt;b&gt;&#x27;")),
        (ORDER, ["b", "a"], block("<ol><li>&lt;i&gt;Build</li><li>Plan</li></ol>")),
        (ORDER, ["b"], line("[&#x27;b&#x27;]")),
        (POLICY, 3, line("3")),
        (WRITTEN, "is not the value of a variable", ""),
    ],
)
def test_an_answer_is_shown_as_it_was_asked_for(question, value, shown):
    assert given_html("You gave", question, kept(question, value)) == shown


def rows(*told: tuple[str, str]) -> str:
    cell = "<tr><th scope='row'><span class='typed'>{}</span></th><td><span class='typed'>{}</span>"
    return f"<table>{''.join(cell.format(*one) + '</td></tr>' for one in told)}</table>"


def test_a_table_is_one_also_where_a_row_is_missing():
    whole = {"Estimate": "1,200", "<u>reserve": 0}
    assert given_html("You gave", TABLE, kept(TABLE, whole)) == block(
        rows(("estimate", "1,200 EUR"), ("&lt;u&gt;reserve", "0 EUR"))
    )
    part = {"estimate": 1200, "<td>": "<b>"}
    assert given_html("You gave", TABLE, kept(TABLE, part)) == block(
        rows(("estimate", "1200"), ("&lt;td&gt;", "&#x27;&lt;b&gt;&#x27;"))
    )


def test_of_a_function_no_case_is_shown_and_nothing_of_what_it_returned():
    told = Collected({"decides": NotAnAnswer("<function decides at 0x7f>")},
                     {"decides": [{"returns": "sponsor"}, {"raises": "<b>"}]})  # fmt: skip
    shown = given_html("You gave", POLICY, Kept("d", "", told, cases={"decides": [[15000, 3]]}))
    assert shown == line("a function of cost, days")


def test_a_text_is_there_in_its_own_lines_and_runs_nothing():
    told = as_kept(Kept("d", "", Collected(texts={"tell": f"We are late.\n\n{HOSTILE}"})))
    shown = given_html("You gave", WRITTEN, told)
    assert shown == block(f"<div class='typed'>We are late.\n\n{INERT}</div>")
    shown.encode("utf-8")


@pytest.mark.parametrize("question", [NUMBER, CHOICE, ORDER, TABLE, POLICY, WRITTEN])
def test_nothing_is_shown_of_nothing(question):
    assert given_html("You gave", question, Kept("d", "", Collected())) == ""
    assert given_html("You gave", question, kept(question, None)) == ""
    assert text_html("You gave", "") == ""


def test_what_is_long_is_cut_and_it_is_said():
    shown = given_html("You gave", CHOICE, kept(CHOICE, "x" * 2000))
    assert shown == (
        "<div class='given'><span class='label'>You gave</span> <span class='typed'>&#x27;"
        f"{'x' * 299}</span>... <span class='label'>Only the first 300 letters are shown.</span>"
        "</div>"
    )
    many = given_html("You gave", TABLE, kept(TABLE, {str(n): n for n in range(99)}))
    assert many.count("<tr>") == 30
    assert many.endswith("</table><p>Only the first 30 rows are shown.</p></div>")
    text = text_html("You gave", "x" * 20_005)
    assert text.endswith("x\n[5 characters more are left out here]</div></div>")


@pytest.mark.parametrize("question", [NUMBER, CHOICE, ORDER, TABLE, POLICY])
@pytest.mark.parametrize("value", [HOSTILE, [HOSTILE], {HOSTILE: HOSTILE}, NotAnAnswer(HOSTILE)])
def test_whatever_was_typed_is_text(question, value):
    shown = given_html("You gave", question, kept(question, value))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<script" not in shown
    assert not {"\u202e", "\ud800", "\x00"} & set(shown)
