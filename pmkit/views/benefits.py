"""Benefits by year: what was planned, what delivery makes of it, and what has come."""

from __future__ import annotations

from typing import Any

import altair as alt

from pmkit.analysis.valuing.benefit_plan import BenefitPlan
from pmkit.views.building import built
from pmkit.views.marks import of, words
from pmkit.views.measures import multiples, nice_step
from pmkit.views.note import note_chart
from pmkit.views.theme import (
    LABEL,
    LIGHT,
    NOTE,
    WIDTH,
    Theme,
    money_text,
    number_text,
    shortened,
    themed,
)

_HEIGHT = 260  # pixels
_AXIS = 62  # pixels on the left, for amounts
_ROOM = 62  # pixels of a year that has room for an amount
_MINUS = "\u2212"
_SAME = 5e-4  # relative: less does not show in any number here
_MOST = 60  # years


@built
def benefit_profile_chart(
    benefit_plan: BenefitPlan, *, width: int = WIDTH, theme: Theme = LIGHT
) -> alt.LayerChart:
    """Chart benefits by year: planned, forecast with delivery, realised.

    Parameters
    ----------
    benefit_plan
        From `plan_benefits`.
    width, theme
        As for `gantt_chart`; amounts stand inside the width.

    Examples
    --------
    >>> from pmkit.analysis.valuing.benefit_plan import plan_benefits
    >>> from pmkit.model.program import Program
    >>> from pmkit.model.settings import ProjectInfo
    >>> depot = ProjectInfo("Depot", money={"benefit_2027": 400, "benefit_2028": 500})
    >>> chart = benefit_profile_chart(plan_benefits(Program((), candidates=(depot,))))
    >>> chart.title.text
    'Benefits of 900 are forecast, as planned'
    """
    table = benefit_plan.by_year
    if table.empty:
        return note_chart("Benefits", "No benefit is planned for any year.", theme=theme)
    recorded = {y for one in benefit_plan.benefits for y in one.benefit.realised}
    years = [int(year) for year in table.index][:_MOST]
    columns = {name: [float(v) for v in table[name].tolist()] for name in table.columns}
    rows = [
        _row(benefit_plan, year, {name: told[n] for name, told in columns.items()},
             is_recorded=year in recorded)
        for n, year in enumerate(years)
    ]  # fmt: skip
    amounts = [row[name] for row in rows for name in ("planned", "forecast", "realised")
               if row.get(name) is not None]  # fmt: skip
    slot = (width - _AXIS) / len(years)
    drawing = _Drawing(rows, years, amounts, width, slot, theme, benefit_plan.currency)
    chart: Any = alt.layer(*drawing.layers(benefit_plan.at))
    title, how = _title(benefit_plan), _how(benefit_plan, len(table), has_realised=bool(recorded))
    chart = chart.properties(
        width=width, height=_HEIGHT, title=alt.Title(text=title, subtitle=how),
        description=f"{title}. {'. '.join(how)}.",
    )  # fmt: skip
    return themed(chart, theme)


def _row(
    plan: BenefitPlan, year: int, told: dict[str, float], *, is_recorded: bool
) -> dict[str, Any]:
    """One year: amounts where they are known, and their words."""
    planned, forecast = told["planned"], told["forecast"]
    row: dict[str, Any] = {
        "year": year, "planned": round(planned, 6), "planned_text": _money(planned, plan),
        "forecast_text": "nobody knows", "change": "", "realised_text": "nothing recorded",
    }  # fmt: skip
    if forecast == forecast:
        row |= {"forecast": round(forecast, 6), "forecast_text": _money(forecast, plan),
                "label": money_text(forecast).replace("-", _MINUS),
                "change": _change(planned, forecast)}  # fmt: skip
    if is_recorded:
        row |= {"realised": round(told["realised"], 6),
                "realised_text": _money(told["realised"], plan)}  # fmt: skip
    row["top"] = max(planned, row.get("forecast", 0.0), row.get("realised", 0.0), 0.0)
    return row


def _money(amount: float, plan: BenefitPlan) -> str:
    text = money_text(abs(amount), plan.currency)
    return f"{_MINUS}{text}" if amount < 0 and text != money_text(0, plan.currency) else text


def _change(planned: float, forecast: float) -> str:
    """How much of a year the forecast is off, in percent of the plan."""
    if abs(forecast - planned) <= _SAME * max(abs(planned), abs(forecast)):
        return ""
    if not planned:
        return "not planned"
    percent = 100 * (forecast - planned) / abs(planned)
    return f"{'+' if percent > 0 else ''}{number_text(percent)} %"


def _title(plan: BenefitPlan) -> str:
    planned, forecast = plan.planned, plan.forecast
    if forecast != forecast:
        return f"Benefits of {_money(planned, plan)} are planned; no date says when they come"
    off = forecast - planned
    late = sum(one.delay_days > 0 for one in plan.benefits)
    start = f"Benefits of {_money(forecast, plan)} are forecast"
    if abs(off) <= _SAME * max(abs(planned), abs(forecast)):
        when = f", {late} of {len(plan.benefits)} later than planned" if late else ", as planned"
        return start + when
    share = f" ({number_text(100 * abs(off / planned))} %)" if planned else ""
    return f"{start}, {_money(abs(off), plan)}{share} {'more' if off > 0 else 'less'} than planned"


def _how(plan: BenefitPlan, years: int, *, has_realised: bool) -> list[str]:
    how = "Wide grey bar: as planned. Blue bar: forecast, moved with delivery"
    said = []
    if has_realised:
        how += ". Diamond: realised"
        due = sum(one.until(plan.at) for one in plan.benefits if not one.is_own) if plan.at else 0
        said.append(f"Realised to date: {_money(plan.realised, plan)} of {_money(due, plan)} "
                    "planned")  # fmt: skip
    late = [one.benefit.id for one in plan.benefits if one.delay_days > 0]
    lost = [one.benefit.id for one in plan.benefits if not one.parts]
    if late:
        said.append(f"Delivered later: {_some(late)}")
    if lost:
        said.append(f"Not delivered: {_some(lost)}")
    if years > _MOST:
        said.append(f"The first {_MOST} of {years} years")
    return [how, ". ".join(said)] if said else [how]


def _some(ids: list[str]) -> str:
    """As many as there is room for, and how many more."""
    short = [shortened(one, 24) for one in ids]
    count = next((n for n in range(len(ids), 1, -1) if len(", ".join(short[:n])) <= 36), 1)
    more = f" and {len(ids) - count} more" if len(ids) > count else ""
    return ", ".join(short[:count]) + more


class _Drawing:
    """Bars of years, side by side, each with its own words."""

    def __init__(
        self, rows: list[dict[str, Any]], years: list[int], amounts: list[float], width: int,
        slot: float, theme: Theme, currency: str,
    ) -> None:  # fmt: skip
        self.rows, self.years, self.slot, self.theme = rows, years, slot, theme
        low, high = min(0.0, *amounts), max(0.0, *amounts)
        if high == low:
            high = 1.0
        # for the words above the highest bar
        room = (0.16 if slot >= _ROOM else 0.06) * (high - low)
        self.low, self.high = low - room * (low < 0) / 2, high + room
        self.ticks = multiples(low, high, nice_step(high - low, 6, ()))
        self.left, self.right, self.currency = _AXIS, width, currency

    def x(self, field: str) -> alt.X:
        scale = alt.Scale(domain=[self.years[0], self.years[-1] + 1],
                          range=[self.left, self.right], nice=False)  # fmt: skip
        return alt.X(f"{field}:Q", scale=scale, axis=None)

    def y(self, field: str) -> alt.Y:
        scale = alt.Scale(domain=[self.low, self.high], nice=False)
        return alt.Y(f"{field}:Q", scale=scale, axis=None)

    def layers(self, at: float | None) -> list[alt.Chart]:
        tooltip = [
            alt.Tooltip("year:Q", title="Year"), alt.Tooltip("planned_text:N", title="Planned"),
            alt.Tooltip("forecast_text:N", title="Forecast"),
            alt.Tooltip("realised_text:N", title="Realised"),
        ]  # fmt: skip
        theme = self.theme
        base = of(*self.rows).transform_calculate(
            wide_left="datum.year + 0.1", wide_right="datum.year + 0.9",
            left="datum.year + 0.24", right="datum.year + 0.76", middle="datum.year + 0.5",
            zero="0",
        )  # fmt: skip
        planned = base.mark_rect(color=theme.baseline, aria=False).encode(
            x=self.x("wide_left"), x2="wide_right:Q", y=self.y("planned"), y2="zero:Q",
            tooltip=tooltip,
        )  # fmt: skip
        known = base.transform_filter("isValid(datum.forecast)")
        forecast = known.mark_rect(color=theme.has_float, aria=False).encode(
            x=self.x("left"), x2="right:Q", y=self.y("forecast"), y2="zero:Q", tooltip=tooltip
        )
        return [*self._grid(), planned, forecast, *self._zero(), *self._realised(base, tooltip),
                *self._status(at), *self._texts(base), *self._names()]  # fmt: skip

    def _grid(self) -> list[alt.Chart]:
        theme = self.theme
        points = [{"at": tick, "text": money_text(tick).replace("-", _MINUS)}
                  for tick in self.ticks]  # fmt: skip
        base = of(*points).encode(y=self.y("at"))
        style: dict[str, Any] = {"aria": False, "tooltip": None}
        unit = of({"text": self.currency}).mark_text(
            align="left", baseline="bottom", color=theme.muted, **style
        )
        return [
            base.mark_rule(color=theme.grid, **style).encode(
                x=alt.value(self.left), x2=alt.value(self.right)
            ),
            base.mark_text(align="right", baseline="middle", color=theme.text, **style).encode(
                x=alt.value(self.left - 8), text="text:N"
            ),
            *([unit.encode(x=alt.value(0), y=alt.value(2), text="text:N")] * bool(self.currency)),
        ]

    def _zero(self) -> list[alt.Chart]:
        rule = of({"at": 0.0}).mark_rule(color=self.theme.muted, aria=False, tooltip=None)
        return [rule.encode(y=self.y("at"), x=alt.value(self.left), x2=alt.value(self.right))]

    def _realised(self, base: alt.Chart, tooltip: list[alt.Tooltip]) -> list[alt.Chart]:
        there = base.transform_filter("isValid(datum.realised)")
        mark: dict[str, Any] = {"shape": "diamond", "filled": True, "opacity": 1, "aria": False}
        where = {"x": self.x("middle"), "y": self.y("realised")}
        point = there.mark_point(
            size=150, color=self.theme.text, stroke=self.theme.background, strokeWidth=2, **mark
        )
        return [point.encode(**where, tooltip=tooltip)]

    def _status(self, at: float | None) -> list[alt.Chart]:
        if at is None or not self.years[0] < at < self.years[-1] + 1:
            return []
        theme = self.theme
        base = of({"at": at, "text": "status date"}).encode(x=self.x("at"))
        rule = base.mark_rule(color=theme.today, strokeDash=[4, 3], aria=False, tooltip=None)
        text = base.mark_text(align="left", baseline="top", dx=4, color=theme.today, fontSize=NOTE,
                              aria=False, tooltip=None)  # fmt: skip
        return [rule, text.encode(y=alt.value(0), text="text:N")]

    def _texts(self, base: alt.Chart) -> list[alt.Chart]:
        """The forecast above its bar, and how far it is off the plan."""
        if self.slot < _ROOM:
            return []
        theme = self.theme
        found = []
        for test, dy in (("!datum.change", -4), ("datum.change", -16)):
            above = base.transform_filter(test).encode(x=self.x("middle"), y=self.y("top"))
            amount = words(above, theme, baseline="bottom", dy=dy, fontWeight="bold")
            found += [layer.encode(text="label:N") for layer in amount]
        change = words(above, theme, baseline="bottom", dy=-3, fontSize=NOTE, color=theme.muted)
        return [*found, *(layer.encode(text="change:N") for layer in change)]

    def _names(self) -> list[alt.Chart]:
        every = max(1, -(-34 // max(int(self.slot), 1)))
        points = [{"middle": y + 0.5, "text": str(y)} for y in self.years[::every]]
        text = of(*points).mark_text(
            baseline="top", color=self.theme.text, fontSize=LABEL, aria=False, tooltip=None
        )
        return [text.encode(x=self.x("middle"), y=alt.value(_HEIGHT + 8), text="text:N")]
