"""What the gate panel says: headline cards, rows of its tables, what would turn it, the log."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.gating.decision_log import DecisionLog, Judged
from pmkit.analysis.gating.gate_option import GateOption
from pmkit.analysis.gating.gate_review import GateReview
from pmkit.analysis.gating.turning import Turn
from pmkit.analysis.governing.authority import LEVELS, same_role
from pmkit.analysis.words import moment_words
from pmkit.model.program import Program
from pmkit.views.theme import money_text
from pmkit.widgets.figure import Figure
from pmkit.widgets.gate_terms import AMOUNTS, TERMS, Place, value_text

PLACES = ["Gate", "What comes next", "When", "Decides", "Best", "Worth", "Decided"]
OPTIONS = ["Option", "Benefit", "To complete", "Other costs", "Comes back", "Lost elsewhere",
           "Value", "May decide"]  # fmt: skip
LOG = ["Decision", "When", "By", "Expected", "Quality", "Realised", "Luck", "Case"]
_NONE = "\u2013"
_CALLS = (" (stop_dependants=True)", " (going=[...])")
"""What a note tells whoever writes code; here there is a box for it, or none."""


def signed(amount: float, currency: str = "") -> str:
    """Return an amount with a minus that is as wide as a plus, before its currency.

    Examples
    --------
    >>> signed(-45_600, "EUR"), signed(0.0)
    ('\u2212EUR 45.6 k', '0')
    """
    text = money_text(abs(amount), currency)
    return f"\u2212{text}" if amount < 0 and text.split()[-1] != "0" else text


def said(review: GateReview, place: Place) -> str:
    """Return the answer in a sentence."""
    best, currency = review.best, review.currency
    second, lead = _second(review)
    if _is_level(review, lead):
        than = f"as is {second.verdict}"
    else:
        than = f"{signed(lead, currency)} more than {second.verdict}"
    return (f"{place.title}: {best.label} is best, worth {signed(best.value, currency)} from here "
            f"on, {than}. The {review.authority} may decide.")  # fmt: skip


def figures(review: GateReview) -> list[Figure]:
    """Return the cards: what is recommended, what it is worth, what comes second, what is sunk."""
    best, currency = review.best, review.currency
    second, lead = _second(review)
    since = "as planned" if review.discount_rate is None else (
        f"present value at {review.base}, {100 * review.discount_rate:.3g} % a year"
    )  # fmt: skip
    behind = "as good as the best" if _is_level(review, lead) else (
        f"{signed(lead, currency)} less than {best.verdict}")  # fmt: skip
    bars = [f"{o.verdict} would be worth {signed(o.value, currency)}, but {o.barred}"
            for o in review.options if o.barred and o.value > best.value]  # fmt: skip
    return [
        Figure("best", "Recommended", named(best), "; ".join(
            (f"the {review.authority} may decide", *bars)),
            arithmetic=_lines(review.explain(best.verdict))),
        Figure("value", "Value from here on", signed(best.value, currency), since,
               "bad" if best.value < 0 else "good" if best.value > 0 else ""),
        Figure("second", "Second best", named(second), behind,
               arithmetic=_lines(review.explain(second.verdict))),
        Figure("sunk", "Sunk", signed(review.spent, currency),
               "spent so far, whatever is decided: it is in no option" if review.spent
               else "the plan knows of nothing spent so far"),
    ]  # fmt: skip


def place_rows(
    program: Program, shown: Mapping[str, Place], best: Mapping[str, GateReview | None]
) -> list[list[str]]:
    """Return the rows of the gates; what is not weighed yet has dots."""
    rows, names = [], {info.id: info.name for info in program.members}
    for key, place in shown.items():
        gate, review = place.gate, best.get(key)
        after = (gate.name or names[place.project]) if gate else names[place.project]
        found = ("\u2026", "\u2026") if key not in best else (_NONE, _NONE)
        if review is not None:
            found = (review.recommended, signed(review.best.value))
        rows.append([
            place.title, after, moment_words(gate.date) if gate else "no gate",
            gate.authority if gate else "",
            *found, decided_at(program, place),
        ])  # fmt: skip
    return rows


def decided_at(program: Program, place: Place) -> str:
    """Return what was decided at a place last, and under which number; empty for nothing."""
    made = {g.id for g in program.governance.gates if g.project == place.project}
    found = [
        one for one in program.governance.decisions
        if one.verdict and (
            one.gate == place.key if place.gate is not None
            else one.project == place.project and one.gate in {"", *made}
        )
    ]  # fmt: skip
    return f"{found[-1].verdict} ({found[-1].id})" if found else ""


def option_rows(review: GateReview) -> list[list[str]]:
    """Return the rows of the options: what is added up, with its sign, and what that leaves."""
    rows = []
    for option in review.options:
        parts = (option.benefit, -option.cost_to_complete, -option.other_costs, option.recovered,
                 -option.dependants)  # fmt: skip
        who = "nobody: it is mandatory" if option.barred else option.deciders.lowest
        rows.append([
            named(option) + (" (best)" if option is review.best else ""),
            *(signed(part) if part else _NONE for part in parts), signed(option.value), who,
        ])  # fmt: skip
    return rows


def option_caption(review: GateReview) -> str:
    """Return what the table of the options shows."""
    unit = f", {review.currency}" if review.currency else ""
    return f"The options from here on{unit}: what comes less what goes is the value"


def option_html(review: GateReview, verdict: str) -> str:
    """Return how the value of an option adds up, as markup."""
    told = review.explain(verdict)
    kept = told.lines[: -2 if review[verdict].barred else -1]  # who may decide has its own place
    lines = "".join(f"<li>{escape(line)}</li>" for line in kept)
    return f"<p><strong>{escape(told.title)}</strong></p><ul>{lines}</ul>"


def notes_html(review: GateReview) -> str:
    """Return what had to be assumed, as markup; empty for nothing."""
    told = []
    for note in review.notes:
        for call in _CALLS:
            note = note.replace(call, "")
        told.append(f"<li>{escape(note)}</li>")
    return f"<p><strong>Note</strong></p><ul>{''.join(told)}</ul>" if told else ""


def may_text(option: GateOption, role: str) -> str:
    """Return whether a role may decide an option, and who may, in a sentence."""
    who = option.deciders
    if option.barred:
        return f"Nobody decides {option.verdict} here: {option.barred}."
    if who.include(role):
        return f"The {role} may decide: {who.reason}."
    others = " or ".join(f"the {one}" for one in who.roles)
    return f"This goes up to {others}: {who.reason}."


def roles_of(program: Program, review: GateReview) -> list[str]:
    """Return who may be named as deciding, the lowest first, each once however it is written."""
    named = [one.role for one in program.governance.authority]
    told = (*LEVELS, *named, *(role for o in review.options for role in o.deciders.roles))
    found: dict[str, str] = {}
    for role in told:
        found.setdefault(same_role(role), role)
    return list(found.values())


def turn_html(now: Mapping[str, float], found: Mapping[str, tuple[Turn, ...]]) -> str:
    """Return what each assumption would have to be for another recommendation, as markup.

    Parameters
    ----------
    now
        The present value of each assumption that is looked at.
    found
        Where it turns, of those that were looked at already.
    """
    labels, rows = AMOUNTS | TERMS, ""
    for name, value in now.items():
        label, said_ = labels[name].split(" (")[0], "\u2026"
        if name in found:
            said_ = "; ".join(
                f"{one.to} {'above' if one.is_above else 'below'} "
                f"{value_text(name, _exact(name, one.at), '')}" for one in found[name]
            ) or "nothing turns it"  # fmt: skip
        rows += (f"<tr><th scope='row' class='pmkit-words'>{escape(label)}</th>"
                 f"<td>{escape(value_text(name, value, ''))}</td>"
                 f"<td class='pmkit-words'>{escape(said_)}</td></tr>")  # fmt: skip
    return (
        f"<div class='pmkit-table'><table><caption>What would turn it, each alone"
        "</caption><thead><tr><th scope='col' class='pmkit-words'>Assumption</th>"
        "<th scope='col'>Now</th><th scope='col' class='pmkit-words'>Turns to</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def log_rows(log: DecisionLog) -> list[list[str]]:
    """Return the rows of the decision log."""
    rows = []
    for one in log.decisions:
        told = one.decision
        amounts = (told.expected, one.quality, told.realised, one.luck)
        rows.append([
            f"{told.id} {told.name or told.verdict}".strip(), moment_words(told.date),
            told.decided_by, *(_NONE if a is None else signed(a) for a in amounts), one.case,
        ])  # fmt: skip
    return rows


def log_html(log: DecisionLog, one: Judged | None) -> str:
    """Return how good a decision was, and what luck did, as markup."""
    if one is None:
        return "<p>Pick a decision to see how good it was on what was known, and what luck did.</p>"
    told = log.explain(one.decision.id)
    lines = "".join(f"<li>{escape(line)}</li>" for line in told.lines)
    return f"<p><strong>{escape(told.title)}</strong></p><ul>{lines}</ul>"


def luck_text(log: DecisionLog) -> str:
    """Return what luck did on the whole, in a sentence; empty where nothing is realised."""
    mean, error = log.mean_luck, log.luck_error
    if mean is None:
        return ""
    give = "" if error is None else f", give or take {money_text(error, log.currency)}"
    return f"Luck on average so far: {signed(mean, log.currency)}{give}."


def _second(review: GateReview) -> tuple[GateOption, float]:
    """The best of the rest, and how far it is behind."""
    rivals = [o for o in review.options if o is not review.best and not o.barred]
    second = max(rivals, key=lambda option: option.value)
    return second, review.best.value - second.value


def _is_level(review: GateReview, lead: float) -> bool:
    return lead <= 1e-6 * max(1.0, abs(review.best.value))


def named(option: GateOption) -> str:
    """Return what an option is called, as a label."""
    return f"{option.label[0].upper()}{option.label[1:]}"


def _lines(told: Explanation) -> tuple[str, ...]:
    return (told.title, *told.lines)


def _exact(name: str, value: float) -> float:
    """No more decimals than are known of where it turns."""
    return round(value, 1) if name in TERMS else value
