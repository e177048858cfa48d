"""Benefits by year, drawn."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from typing import Any

from pmkit.analysis.valuing.benefit_plan import BenefitPlan, plan_benefits
from pmkit.data import sample
from pmkit.model.benefit import Benefit
from pmkit.model.program import Program
from pmkit.model.settings import ProjectInfo, Settings
from pmkit.model.strategy import Strategy
from pmkit.views.benefits import benefit_profile_chart
from pmkit.views.show import svg
from pmkit.views.theme import DARK
from tests.test_benefit_plan import _project, _two


def _texts(chart: Any) -> list[str]:
    return [e.text or "" for e in ET.fromstring(svg(chart)).iter() if e.tag.endswith("text")]


def _late(**fields: Any) -> BenefitPlan:
    told = {"money": {"benefit_2027": 365_250, "benefit_2028": -36_525}} | fields
    settings = Settings(start=date(2026, 1, 5), currency="EUR")
    return plan_benefits(replace(_two("all", **told), settings=settings))


def test_the_title_says_what_delay_takes_away_and_the_subtitle_who_is_late() -> None:
    title = benefit_profile_chart(_late()).title
    # 14 days: 14,000 of 2027 move into 2028, and 1,400 of the loss of 2028 beyond it
    assert (
        title.text == "Benefits of EUR 330.1 k are forecast, EUR 1,400 (0.43 %) more than planned"
    )
    assert title.subtitle == [
        "Wide grey bar: as planned. Blue bar: forecast, moved with delivery", "Delivered later: V",
    ]  # fmt: skip


def test_every_year_has_its_forecast_and_how_far_it_is_off() -> None:
    texts = _texts(benefit_profile_chart(_late(), theme=DARK))
    assert {"2027", "2028", "351.2 k", "\u22123.83 %", "\u221221.1 k", "EUR"} <= set(texts)


def test_realised_is_a_diamond_and_stands_where_it_was_recorded_only() -> None:
    plan = _late(realised={2027: 100_000})
    chart = benefit_profile_chart(plan)
    rows = [row for layer in chart.layer for row in getattr(layer.data, "values", [])
            if "planned" in row]  # fmt: skip
    assert {row["year"]: row.get("realised") for row in rows} == {2027: 100_000, 2028: None}
    assert chart.title.subtitle[0].endswith("Diamond: realised")
    assert "Realised to date: EUR 100 k of EUR 365.2 k planned" in chart.title.subtitle[1]
    marks = [layer.mark for layer in chart.layer]
    assert sum(getattr(mark, "shape", None) == "diamond" for mark in marks if mark) == 1


def test_the_status_date_is_drawn_where_it_falls_into_the_years() -> None:
    assert "status date" in _texts(benefit_profile_chart(plan_benefits(sample())))
    assert "status date" not in _texts(benefit_profile_chart(_late()))


def test_what_is_on_time_and_what_nobody_funds_is_said() -> None:
    infos = (ProjectInfo("A", money={"benefit_2027": 10}),
             ProjectInfo("B", money={"benefit_2027": 30}))  # fmt: skip
    program = Program((), candidates=infos)
    title = benefit_profile_chart(plan_benefits(program)).title
    assert title.text == "Benefits of 40 are forecast, as planned"
    title = benefit_profile_chart(plan_benefits(program, projects=["A"])).title
    assert title.text == "Benefits of 10 are forecast, 30 (75 %) less than planned"
    assert title.subtitle[1] == "Not delivered: B: benefit"


def test_where_nobody_knows_when_they_come_only_the_plan_is_drawn() -> None:
    benefit = Benefit("V", money={"benefit_2027": 10}, enablers=("A",))
    program = Program((_project("A", 10, 8.0),), strategy=Strategy(benefits=(benefit,)))
    chart = benefit_profile_chart(plan_benefits(program))
    assert chart.title.text == "Benefits of 10 are planned; no date says when they come"
    assert "NaN" not in svg(chart)


def test_without_years_there_is_a_sentence() -> None:
    empty = plan_benefits(Program((), candidates=(ProjectInfo("A", money={"benefit": 5}),)))
    assert benefit_profile_chart(empty).title.subtitle == "No benefit is planned for any year."


def test_many_years_and_long_names_find_room() -> None:
    infos = tuple(
        ProjectInfo(f"<b>{n} a long name of a project</b>",
                    money={f"benefit_{y}": y for y in range(2026, 2096)})
        for n in range(9)
    )  # fmt: skip
    chart = benefit_profile_chart(plan_benefits(Program((), candidates=infos), projects=[]))
    assert "The first 60 of 70 years" in chart.title.subtitle[1]
    assert "and 8 more" in chart.title.subtitle[1]
    assert "<b>" not in svg(chart)
