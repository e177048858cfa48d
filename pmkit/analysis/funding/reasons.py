"""Why a project is in or out, in sentences with the numbers put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmkit.analysis.explanation import Explanation
from pmkit.analysis.funding.standing import BORDERLINE
from pmkit.analysis.words import money_text

if TYPE_CHECKING:
    from pmkit.analysis.funding.funding import Funding
    from pmkit.analysis.funding.programme import Choice

_SHOWN = 6


def reasons(funding: Funding, place: int) -> Explanation:
    """Return why a project is in or out."""
    problem = funding.problem
    id_ = problem.ids[place]
    is_in = place in funding.choice.chosen
    standing = funding.standings.of(place)
    other = funding.standings.flipped(place)
    lines = [_alone(funding, place)]
    if delay := funding.choice.delay[place] if is_in else 0:
        lines.append(f"it starts {delay} year{'' if delay == 1 else 's'} later")
    lines += _rules(funding, place)
    if other is None:
        lines.append(f"it must be {'in' if is_in else 'out'}: no choice keeps to the limits "
                     "otherwise")  # fmt: skip
    elif standing == BORDERLINE:
        lines.append(_near(funding, other, is_in=is_in))
    else:
        lines.append(_displaced(funding, place, other, is_in=is_in))
    if funding.has_budget:
        lines.append(_intervals(funding, id_))
    state = "in" if is_in else "out"
    return Explanation(f"project {id_!r}: {state}, {standing}", (*lines, *funding.notes))


def budget_words(funding: Funding) -> str:
    """Return the budget as the end of a sentence on cost."""
    told = funding.question
    if told.total is not None:
        return f" of {told.total:,.12g}"
    if told.by_year:
        years = list(told.by_year)
        of = f"{years[0]} to {years[-1]}" if len(years) > 1 else str(years[0])
        return f" of {sum(told.by_year.values()):,.12g} in {of}"
    return ""


def _alone(funding: Funding, place: int) -> str:
    problem = funding.problem
    amount = funding.marginal(place)
    is_in = place in funding.choice.chosen
    shared = [problem.gains[g] for g in problem.gains_of[place]
              if len(problem.gains[g].enablers) > 1]  # fmt: skip
    what = "without it the selected bring" if is_in else "added to the selected it would bring"
    sign = "less" if is_in else "more"
    told = f"it costs {money_text(problem.cost[place])}; {what} {money_text(amount)} {sign}"
    if shared:
        parts = []
        for gain in shared[:3]:
            others = [problem.ids[i] for i in gain.enablers if i != place]
            parts.append(f"{gain.id} ({gain.rule} with {', '.join(others)})")
        told += f"; it takes part in {'; '.join(parts)}"
    return told


def _rules(funding: Funding, place: int) -> list[str]:
    """Limits other than money that speak of it."""
    problem, found = funding.problem, []
    own = set(problem.columns_of[place])
    for limit in problem.limits:
        if limit.kind in ("budget", "people", "minimum"):
            continue
        if any(own & set(row.columns) for row in limit.rows):
            found.append(limit.name)
    if len(found) > 5:
        return [f"limits: {'; '.join(found[:5])} and {len(found) - 5} more"]
    return [f"limits: {'; '.join(found)}"] if found else []


def _near(funding: Funding, other: Choice, *, is_in: bool) -> str:
    loss = funding.objective - other.objective
    within = loss / max(abs(funding.objective), 1e-12)
    how = "out" if is_in else "in"
    told = f"only {within:.2%} less" if loss > 0 else "just as much"
    worth = money_text(other.objective)
    return f"do not argue over it: with it {how}, another choice brings {worth}, {told}"


def _displaced(funding: Funding, place: int, other: Choice, *, is_in: bool) -> str:
    ids, chosen = funding.problem.ids, funding.choice.chosen
    gone = [ids[i] for i in sorted(chosen - other.chosen) if i != place]
    come = [ids[i] for i in sorted(other.chosen - chosen) if i != place]
    loss = funding.objective - other.objective
    parts = []
    if gone:
        parts.append(f"{_names(gone)} would leave")
    if come:
        parts.append(f"{_names(come)} would come in")
    told = f" ({' and '.join(parts)})" if parts else ""
    how = "without" if is_in else "with"
    return (
        f"the best choice {how} it is worth {money_text(other.objective)} instead of "
        f"{money_text(funding.objective)}, {money_text(loss)} less{told}"
    )


def _intervals(funding: Funding, id_: str) -> str:
    whole = funding.whole_budget
    found = funding.intervals(id_)
    asked = f"of all budgets from {money_text(whole * 0.5)} to {money_text(whole * 1.5)}"
    if not found:
        return f"{asked} it is in at none"
    steps = "" if funding.is_frontier_exact else " (looked at each per cent)"
    parts = [
        f"from {money_text(low)} on" if high >= whole * 1.5
        else f"from {money_text(low)} to below {money_text(high)}"
        for low, high in found[:_SHOWN]
    ]  # fmt: skip
    more = f" and {len(found) - _SHOWN} more ranges" if len(found) > _SHOWN else ""
    return f"{asked} it is in {', and '.join(parts)}{more}{steps}"


def _names(ids: list[str]) -> str:
    more = f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
    return ", ".join(ids[:_SHOWN]) + more
