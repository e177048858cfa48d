"""The report of a class as one page of html: no script, no network, and every text escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from pmkit.teach.page import PLAIN, page

if TYPE_CHECKING:
    from pmkit.teach.class_report import ClassReport

_NO = "\u2013"
_STYLE = (
    PLAIN
    + """\
h2 { font-size: 1.25rem; margin: 2.6rem 0 .6rem; padding-top: .9rem;
  border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.2rem 0 .4rem; }
.muted { color: var(--muted); }
.answers { margin: 1rem 0 0; padding: .8rem 1.1rem .8rem 2.1rem; background: var(--shade);
  border-left: 4px solid var(--accent); }
.answers li { margin: .2rem 0; }
ol.again { padding-left: 1.6rem; }
ol.again li { margin: 0 0 1.1rem; }
ol.again p { margin: .15rem 0; }
.tag { display: inline-block; padding: 0 .45rem; border-radius: 3px; background: var(--shade);
  color: var(--muted); font-size: .82rem; }
.wide { overflow-x: auto; margin: .8rem 0 1.2rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums;
  font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .9rem .4rem 0; font-weight: normal;
  border-bottom: 1px solid var(--line); }
thead th { font-weight: 600; border-bottom: 2px solid var(--muted); }
th.n, td.n { text-align: right; white-space: nowrap; }
figure { margin: 1.2rem 0; overflow-x: auto; }
figure svg { display: block; }
.dark { display: none; }
details { margin: 0 0 1rem; }
summary { cursor: pointer; color: var(--accent); }
@media screen and (prefers-color-scheme: dark) {
  .light { display: none; }
  .dark { display: block; }
}
@media print {
  h2 { break-after: avoid; }
  tr, figure, li { break-inside: avoid; }
}
"""
)


def class_page(report: ClassReport) -> str:
    """Return the whole page.

    Parameters
    ----------
    report
        What is told.
    """
    title = f"{report.data.exercise.title} \u2013 class report"
    answers = "".join(f"<li>{escape(line)}</li>" for line in report.sentences)
    parts = [
        f"<h1>{escape(title)}</h1>",
        f"<ul class='answers'>{answers}</ul>",
        _section("What to teach again", _again(report)),
        _section("The questions", _figure(report.items_chart), _items(report)),
        _section("The mistakes", _figure(report.mistakes_chart), _mistakes(report)),
        _section("Who is stuck where", _figure(report.stuck_chart), _missing(report)),
        _section("Before handing in", _tries(report)),
        _section("Answers that agree", _copied(report)),
    ]
    return page(title, "\n".join(parts), _STYLE)


def _section(title: str, *parts: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{''.join(parts)}</section>"


def _p(text: str, *, muted: bool = False) -> str:
    return f"<p{' class=muted' if muted else ''}>{escape(text)}</p>"


def _figure(draw: Any) -> str:
    """Return a chart for a light screen and the same for a dark one."""
    from pmkit.views.show import svg
    from pmkit.views.theme import DARK, LIGHT

    drawn = "".join(f"<div class='{theme.name}'>{svg(draw(theme=theme))}</div>"
                    for theme in (LIGHT, DARK))  # fmt: skip
    return f"<figure tabindex='0'>{drawn}</figure>"


def _table(heads: Sequence[str], rows: Iterable[Sequence[Any]], numbers: Sequence[int]) -> str:
    """Return a table; the first cell of a row is its head."""

    def cells(row: Sequence[Any], tag: str, scope: str) -> Iterator[str]:
        for n, cell in enumerate(row):
            name = "th" if n == 0 else tag
            of = f" scope='{scope}'" if name == "th" else ""
            kind = " class='n'" if n in numbers else ""
            yield f"<{name}{of}{kind}>{escape(str(cell))}</{name}>"

    body = "".join(f"<tr>{''.join(cells(row, 'td', 'row'))}</tr>" for row in rows)
    head = "".join(cells(heads, "th", "col"))
    return (f"<div class='wide' tabindex='0'><table><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table></div>")  # fmt: skip


def _details(what: str, inside: str) -> str:
    return f"<details><summary>{escape(what)}</summary>{inside}</details>"


def _again(report: ClassReport) -> str:
    if not report.again:
        return _p("No mistake is shared by a tenth of the class, and in no question are less than "
                  "60 % of the points reached.")  # fmt: skip
    told = []
    for one in report.again:
        doubt = f"<p><strong>{escape(one.doubt)}.</strong></p>" if one.doubt else ""
        told.append(
            f"<li><p><strong>{escape(one.name)}</strong> <span class='tag'>{escape(one.kind)}"
            f"</span> <span class='tag'>lesson {escape(one.lesson)}</span></p>"
            f"{_p(one.tell)}{_p(one.why + '.', muted=True)}{doubt}</li>"
        )
    rule = (
        "A mistake that two or more and a tenth of the class made, and a question with less than "
        "60 % of its points; what has cost most comes first, each point counted once."
    )
    return f"{_p(rule, muted=True)}<ol class='again'>{''.join(told)}</ol>"


def _items(report: ClassReport) -> str:
    notes = report.item_table["note"]
    rows = [
        (one.question, f"{one.out_of:g}", one.facility.percent if one.facility else _NO,
         one.discrimination or _NO, notes[one.question])
        for one in report.items.items
    ]  # fmt: skip
    heads = ("Question", "Points", "Share of the points", "Correlation", "Note")
    alpha = report.items.alpha
    said = ("Share: mean share of the points (Wilson interval). Correlation: of a question's "
            "points with those of all others (Fisher interval). ")  # fmt: skip
    if alpha is not None:
        said += f"Cronbach's alpha {alpha}, on {report.items.complete} students."
    return _details("The same in numbers", _table(heads, rows, (1, 2, 3))) + _p(said, muted=True)


def _mistakes(report: ClassReport) -> str:
    rows = [
        (one.code, one.count, one.share.percent, ", ".join(one.questions), f"{one.lost:.2f}",
         one.said)
        for one in report.mistakes
    ]  # fmt: skip
    heads = ("Mistake", "Students", "Share", "Question", "Points lost", "What they are told")
    return _details("The same in words", _table(heads, rows, (1, 2, 4))) if rows else ""


def _missing(report: ClassReport) -> str:
    missing = report.data.missing
    if not missing:
        return ""
    return _p(f"Not handed in, or not marked yet: {', '.join(missing)}.")


def _tries(report: ClassReport) -> str:
    if not report.tries:
        return _p("No log of attempts was handed in (attempts.jsonl beside the notebook).")
    rows = [
        (one.question, one.students, f"{one.tries:g}", one.most,
         "; ".join(f"{text} ({count})" for text, count in one.problems) or _NO)
        for one in report.tries
    ]  # fmt: skip
    heads = ("Question", "Students", "Checks, middle student", "Most", "What was wrong (students)")
    said = "From the logs that were handed in; they can be edited, so no mark hangs on them."
    return _table(heads, rows, (1, 2, 3)) + _p(said, muted=True)


def _copied(report: ClassReport) -> str:
    rule = (
        "Two students with different numbers share three or more answers that the numbers of at "
        "least one of them do not explain, each with a chance under 1 %. That is a reason to ask "
        "both, and no proof: they may have worked in the wrong folder."
    )
    if not report.copied:
        return _p("No pair is flagged.") + _p(rule, muted=True)
    told = []
    for pair in report.copied:
        rows = [(one.question, one.answer, _chance(one.chance), one.why) for one in pair.matches]
        heads = ("Question", "Both gave", "Chance", "What it is")
        told.append(f"<h3>{escape(pair.one)} and {escape(pair.other)}</h3>"
                    + _table(heads, rows, (2,)))  # fmt: skip
    return _p(rule, muted=True) + "".join(told)


def _chance(chance: float) -> str:
    return f"1 in {round(1 / chance):,}" if chance > 0 else "none"
