"""What the funding panel says: headline cards, rows of the table, prices of limits."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from pmkit.analysis.funding.funding import Funding
from pmkit.views.theme import money_text, number_text
from pmkit.widgets.figure import Figure
from pmkit.widgets.funding_choice import ToldChoice

MOST_STANDINGS = 40
"""Of more projects the standing is told only for the one that is picked."""
_HEADINGS = ["Project", "Decision", "Standing", "My tick", "Cost", "Benefit", "Alignment"]
_TICKS = {True: "in", False: "out", None: ""}


def headings(funding: Funding) -> list[str]:
    """Return the headings of the table; without objectives nothing is aligned."""
    return _HEADINGS if any(funding.problem.scores) else _HEADINGS[:-1]


def project_rows(told: ToldChoice, ticks: Mapping[str, bool]) -> tuple[list[str], list[list[str]]]:
    """Return ids and rows of the table: what is funded first, then what brings most."""
    table = told.funding.table
    by_id = dict(zip(table.index, table.to_dict("records"), strict=True))
    ids = sorted(map(str, table.index), key=lambda id_: (not by_id[id_]["selected"],
                                                         -by_id[id_]["benefit"]))  # fmt: skip
    has_standings, has_scores = len(ids) <= MOST_STANDINGS, any(told.best.problem.scores)
    rows = []
    for id_ in ids:
        row = by_id[id_]
        part = f" {100 * row['share']:.0f} %" if 0 < row["share"] < 1 else ""
        late = f", +{row['delay_years']} y" if row["delay_years"] else ""
        rows.append([
            f"{id_} {row['name']}".strip() if row["name"] != id_ else id_,
            f"funded{part}{late}" if row["selected"] else "not funded",
            str(told.best.standing[id_]) if has_standings else "",
            _TICKS[ticks.get(id_)], money_text(row["cost"]), money_text(row["benefit"]),
            *([f"{row['score']:.2f}"] if has_scores else []),
        ])  # fmt: skip
    return ids, rows


def figures(told: ToldChoice) -> list[Figure]:
    """Return the cards."""
    funding, line = told.funding, told.line
    currency = funding.program.settings.currency
    value, cost, count = funding.value, funding.cost, len(funding.selected)
    rest = _left(funding)
    left = "" if rest is None else (
        f"{money_text(rest, currency)} of the budget is left" if rest >= 0
        else f"{money_text(-rest, currency)} more than the budget"
    )  # fmt: skip
    # no bound is proven for what somebody ticked
    explained = tuple(str(funding.explain()).splitlines()) if line is None else funding.sums
    found = [
        Figure("funded", "Funded", f"{count} of {len(funding.problem.ids)}",
               "projects" if line is None else "projects, ticked by hand"),
        Figure("value", "Value", money_text(value, currency),
               "benefits of what is funded, each counted once", arithmetic=explained),
        Figure("cost", "Cost", money_text(cost, currency), left or "no budget limits it",
               "bad" if rest is not None and rest < 0 else ""),
        _price(told.free.objective - funding.objective, told.free, currency),
    ]  # fmt: skip
    return found


def _left(funding: Funding) -> float | None:
    """Return what is left of the budgets there are; a year without one takes nothing from them."""
    asked = funding.question
    if not funding.has_budget:
        return None
    if asked.total is not None:
        return _clean(asked.total, funding.cost)
    last = max(asked.by_year)
    spent = sum(
        amount for year, amount in funding.cost_by_year.items()
        if year in asked.by_year or (asked.carry_over and year is not None and year <= last)
    )  # fmt: skip
    return _clean(sum(asked.by_year.values()), spent)


def _clean(budget: float, spent: float) -> float:
    """The difference, without the dust of adding up."""
    return budget - spent if abs(budget - spent) > 1e-9 * max(abs(budget), 1.0) else 0.0


def _price(lost: float, free: Funding, currency: str) -> Figure:
    room = 1e-9 * max(1.0, abs(free.objective))
    title = "What your ticks cost"
    is_money = len(free.aim.weights) == 1 and "score" not in free.aim.weights
    text = money_text(abs(lost), currency) if is_money else number_text(abs(lost))
    if lost > room:
        return Figure("ticks", title, text, "less than the best choice without them", "bad")
    if lost < -room:
        return Figure("ticks", title, f"+{text}", "more than the best choice that keeps the limits")
    return Figure("ticks", title, "nothing", "as good as the best choice", "good")


def said(told: ToldChoice) -> str:
    """Return the answer in a sentence."""
    funding, line = told.funding, told.line
    currency = funding.program.settings.currency
    if line is not None:
        kept = "It keeps to all limits." if line.is_possible else (
            f"It breaks {len(line.breaks)} limit{'' if len(line.breaks) == 1 else 's'}: "
            f"{'; '.join(line.breaks)}.")  # fmt: skip
        return f"Your choice brings {money_text(funding.value, currency)}. {kept}"
    names = ", ".join(funding.selected[:5]) or "nothing"
    more = f" and {len(funding.selected) - 5} more" if len(funding.selected) > 5 else ""
    gap = "" if funding.gap == 0 else f" (at most {funding.gap:.2%} from the best)"
    return f"Fund {names}{more}: {money_text(funding.value, currency)}{gap}."


def price_table(funding: Funding) -> str:
    """Return what each limit costs, as markup."""
    table = funding.prices
    if table.empty:
        return "<p>Nothing limits the choice.</p>"
    rows = "".join(
        f"<tr><th scope='row' class='pmkit-words'>{escape(str(name))}</th>"
        f"<td>{escape(money_text(gain))}</td></tr>"
        for name, gain in zip(table.index, table["gain"].tolist(), strict=True)
    )
    return _table("Gain without each limit", ("Limit", "Gain"), rows)


def hand_table(funding: Funding) -> str:
    """Return what a ranked list would choose, beside the optimum, as markup."""
    table = funding.by_hand
    rows = ""
    for way, told in zip(table.index, table.to_dict("records"), strict=True):
        breaks = f"breaks {len(told['breaks'])}" if told["breaks"] else ""
        behind = breaks or (f"{told['behind']:.1%}" if told["behind"] > 1e-9 else "\u2013")
        rows += (f"<tr><th scope='row' class='pmkit-words'>{escape(str(way))}</th>"
                 f"<td>{escape(money_text(told['value']))}</td>"
                 f"<td>{escape(money_text(told['cost']))}</td><td>{escape(behind)}</td></tr>"
                 )  # fmt: skip
    return _table("Going down a ranked list instead", ("Ranked", "Value", "Cost", "Behind"), rows)


def _table(caption: str, headings: tuple[str, ...], rows: str) -> str:
    first, *others = (
        f"<th scope='col'{' class=pmkit-words' if n == 0 else ''}>{escape(name)}</th>"
        for n, name in enumerate(headings)
    )
    return (f"<div class='pmkit-table'><table><caption>{escape(caption)}</caption><thead><tr>"
            f"{first}{''.join(others)}</tr></thead><tbody>{rows}</tbody></table></div>"
            )  # fmt: skip
