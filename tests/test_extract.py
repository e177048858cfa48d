"""What MPXJ makes of small files typed here, as facts: this needs Java."""

from __future__ import annotations

from typing import Any

import pytest

import pmkit as pm
from pmkit.files.tools.client import read_facts
from pmkit.files.tools.convert import to_plan
from pmkit.files.tools.kinds import KINDS
from tests.project_files import java_or_skip, noted

DAY = (
    "<WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime>"
    "<WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime>"
)
NIGHT = "<WorkingTime><FromTime>20:00:00</FromTime><ToTime>00:00:00</ToTime></WorkingTime>"


def _week(hours: str, days: range) -> str:
    return "".join(
        f"<WeekDay><DayType>{day}</DayType><DayWorking>{int(day in days)}</DayWorking>"
        + (f"<WorkingTimes>{hours}</WorkingTimes>" if day in days else "")
        + "</WeekDay>"
        for day in range(1, 8)
    )


def _exception(kind: str, first: str, last: str, hours: str = "") -> str:
    working = (
        f"<DayWorking>1</DayWorking><WorkingTimes>{hours}</WorkingTimes>"
        if hours
        else ("<DayWorking>0</DayWorking>")
    )
    return (
        f"<Exception><EnteredByOccurrences>0</EnteredByOccurrences><TimePeriod><FromDate>{first}"
        f"T00:00:00</FromDate><ToDate>{last}T23:59:00</ToDate></TimePeriod>{kind}{working}"
        "</Exception>"
    )


# A day off, Christmas of every year (yearly on a date), and four weeks of night work.
EXCEPTIONS = (
    _exception("<Occurrences>1</Occurrences><Type>1</Type>", "2026-03-06", "2026-03-06")
    + _exception("<Occurrences>4</Occurrences><Type>2</Type><Period>1</Period><Month>11</Month>"
                 "<MonthDay>25</MonthDay>", "2026-01-01", "2029-12-31")
)  # fmt: skip
WORK_WEEKS = (
    "<WorkWeeks><WorkWeek><TimePeriod><FromDate>2026-04-06T00:00:00</FromDate>"
    "<ToDate>2026-04-12T23:59:00</ToDate></TimePeriod><Name>Nights</Name><WeekDays>"
    + _week(NIGHT, range(2, 7))
    + "</WeekDays></WorkWeek></WorkWeeks>"
)
MSPDI = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Project xmlns="http://schemas.microsoft.com/project"><SaveVersion>14</SaveVersion>
<Title>Site\u00e9</Title><ScheduleFromStart>1</ScheduleFromStart>
<StartDate>2026-03-02T08:00:00</StartDate><FinishDate>2026-12-31T17:00:00</FinishDate>
<CurrencyCode>EUR</CurrencyCode><CalendarUID>1</CalendarUID><MinutesPerDay>480</MinutesPerDay>
<MinutesPerWeek>2400</MinutesPerWeek><DaysPerMonth>20</DaysPerMonth>
<HonorConstraints>1</HonorConstraints><StatusDate>2026-03-04T17:00:00</StatusDate>
<ExtendedAttributes><ExtendedAttribute><FieldID>188743731</FieldID><FieldName>Text1</FieldName>
<Alias>Area</Alias></ExtendedAttribute></ExtendedAttributes>
<Calendars><Calendar><UID>1</UID><Name>Standard</Name><IsBaseCalendar>1</IsBaseCalendar>
<BaseCalendarUID>-1</BaseCalendarUID><WeekDays>{_week(DAY, range(2, 7))}</WeekDays>
<Exceptions>{EXCEPTIONS}</Exceptions>{WORK_WEEKS}</Calendar>
<Calendar><UID>2</UID><Name>Team</Name><IsBaseCalendar>0</IsBaseCalendar>
<BaseCalendarUID>1</BaseCalendarUID><Exceptions>{
    _exception("<Occurrences>1</Occurrences><Type>1</Type>", "2026-03-05", "2026-03-05")
}</Exceptions></Calendar></Calendars>
<Tasks>
<Task><UID>1</UID><ID>1</ID><Name>Phase</Name><OutlineLevel>1</OutlineLevel><Summary>1</Summary>
<Duration>PT40H0M0S</Duration></Task>
<Task><UID>2</UID><ID>2</ID><Name>Dig</Name><OutlineLevel>2</OutlineLevel><WBS>1.1</WBS>
<Duration>PT40H0M0S</Duration><DurationFormat>7</DurationFormat>
<ActualStart>2026-03-02T08:00:00</ActualStart><PercentComplete>40</PercentComplete>
<RemainingDuration>PT24H0M0S</RemainingDuration><ActualDuration>PT16H0M0S</ActualDuration>
<Deadline>2026-03-20T17:00:00</Deadline><Active>1</Active><Manual>0</Manual>
<ExtendedAttribute><FieldID>188743731</FieldID><Value>North</Value></ExtendedAttribute>
<Baseline><Number>0</Number><Start>2026-03-02T08:00:00</Start><Finish>2026-03-09T17:00:00</Finish>
<Cost>80000</Cost></Baseline></Task>
<Task><UID>3</UID><ID>3</ID><Name>Dry</Name><OutlineLevel>2</OutlineLevel>
<Duration>PT48H0M0S</Duration><DurationFormat>8</DurationFormat>
<PredecessorLink><PredecessorUID>2</PredecessorUID><Type>1</Type><LinkLag>4800</LinkLag>
<LagFormat>7</LagFormat></PredecessorLink></Task>
<Task><UID>4</UID><ID>4</ID><Name>Off</Name><OutlineLevel>1</OutlineLevel><Active>0</Active>
<Duration>PT8H0M0S</Duration></Task>
</Tasks>
<Resources><Resource><UID>1</UID><ID>1</ID><Name>Team</Name><Type>1</Type><MaxUnits>2</MaxUnits>
<StandardRate>50</StandardRate><StandardRateFormat>2</StandardRateFormat>
<CalendarUID>2</CalendarUID></Resource></Resources>
<Assignments><Assignment><UID>1</UID><TaskUID>2</TaskUID><ResourceUID>1</ResourceUID>
<Units>1</Units><Work>PT40H0M0S</Work><Cost>200000</Cost></Assignment></Assignments></Project>
"""

XER = "\r\n".join([
    "ERMHDR\t20.12\t2026-03-01\tProject\tadmin\tAdmin\tdb\tProject Management\tEUR",
    "%T\tCALENDAR",
    "%F\tclndr_id\tdefault_flag\tclndr_name\tproj_id\tbase_clndr_id\tclndr_type\tday_hr_cnt"
    "\tclndr_data",
    "%R\t1\tY\tFive days\t\t\tCA_Base\t8\t(0||CalendarData()((0||DaysOfWeek()((0||1()())"
    + "".join(f"(0||{n}()((0||0(s|08:00|f|16:00)())))" for n in range(2, 7))
    + "(0||7()())))(0||Exceptions()((0||0(d|46087)())))))",
    "%T\tPROJECT",
    "%F\tproj_id\tproj_short_name\tclndr_id\tlast_recalc_date\tplan_start_date",
    "%R\t10\tDEPOT\t1\t2026-03-04 08:00\t2026-03-02 08:00",
    "%R\t11\tFLEET\t1\t2026-03-04 08:00\t2026-03-02 08:00",
    "%T\tSCHEDOPTIONS",
    "%F\tschedoptions_id\tproj_id\tsched_float_type\tsched_retained_logic\tsched_progress_override"
    "\tsched_calendar_on_relationship_lag",
    "%R\t1\t10\tFT_SF\tN\tY\trcal_Successor",
    "%T\tPROJWBS",
    "%F\twbs_id\tproj_id\tparent_wbs_id\twbs_short_name\twbs_name\tproj_node_flag\tseq_num",
    "%R\t100\t10\t\tDEPOT\tDepot\tY\t1",
    "%R\t110\t11\t\tFLEET\tFleet\tY\t1",
    "%T\tTASK",
    "%F\ttask_id\tproj_id\twbs_id\tclndr_id\ttask_code\ttask_name\ttask_type\tstatus_code"
    "\tcomplete_pct_type\tphys_complete_pct\ttarget_drtn_hr_cnt\tremain_drtn_hr_cnt"
    "\tact_start_date\tcstr_type\tcstr_date",
    "%R\t1000\t10\t100\t1\tA10\tDig\tTT_Task\tTK_Active\tCP_Phys\t30\t40\t24\t2026-03-02 08:00\t\t",
    "%R\t1001\t10\t100\t1\tA20\tSupervise\tTT_LOE\tTK_NotStart\tCP_Drtn\t0\t40\t40\t\t\t",
    "%R\t1100\t11\t110\t1\tA10\tAccept\tTT_FinMile\tTK_NotStart\tCP_Drtn\t0\t0\t0\t\tCS_MEO"
    "\t2026-03-20 16:00",
    "%T\tTASKPRED",
    "%F\ttask_pred_id\ttask_id\tpred_task_id\tproj_id\tpred_proj_id\tpred_type\tlag_hr_cnt",
    "%R\t1\t1100\t1000\t11\t10\tPR_FS\t16",
    "%R\t2\t1001\t1000\t10\t10\tPR_SS\t0",
    "%E",
    "",
])  # fmt: skip


@pytest.fixture(scope="module")
def microsoft() -> dict[str, Any]:
    java_or_skip()
    return read_facts(MSPDI.encode(), KINDS["mspdi"], "site.xml")


@pytest.fixture(scope="module")
def primavera() -> dict[str, Any]:
    java_or_skip()
    return read_facts(XER.encode(), KINDS["xer"], "both.xer")


def test_options_of_a_microsoft_file(microsoft: dict[str, Any]) -> None:
    project = microsoft["project"]
    assert microsoft["source"]["type"] == "MSPDI"
    assert (project["title"], project["currency"]) == ("Site\u00e9", "EUR")
    assert (project["start"], project["status_date"]) == ("2026-03-02T08:00", "2026-03-04T17:00")
    assert (project["honor_constraints"], project["schedule_from"]) == (True, "START")
    assert (project["minutes_per_day"], project["calendar"]) == (480, 1)


def test_recurring_exceptions_and_working_weeks_become_dates(microsoft: dict[str, Any]) -> None:
    standard, team = microsoft["calendars"]
    dates = {first: hours for first, _, hours in standard["dates"]}
    assert dates["2026-03-06"] == [] == dates["2026-12-25"]
    assert dates["2028-12-25"] == []
    assert ["2026-04-06", "2026-04-10", [[1200, 1440]]] in standard["dates"]
    assert standard["week"][0] == [[480, 720], [780, 1020]]
    assert standard["week"][5] == []
    theirs = [first for first, _, _ in team["dates"]]
    assert theirs[0] == "2026-03-05"  # its own day off, and those of the calendar it follows


def test_tasks_of_a_microsoft_file(microsoft: dict[str, Any]) -> None:
    phase, dig, dry, off = microsoft["tasks"][-4:]
    assert phase["summary"]
    assert dig["parent"] == 1
    assert (dig["duration"], dig["remaining_duration"], dig["percent"]) == (2400, 1440, 40)
    assert (dig["actual_start"], dig["deadline"]) == ("2026-03-02T08:00", "2026-03-20T17:00")
    assert (dig["baseline_start"], dig["baseline_cost"]) == ("2026-03-02T08:00", 800)
    assert dig["custom"] == {"Area": "North"}
    assert (dry["duration"], dry["duration_elapsed"]) == (2880, True)
    assert off["active"] is False
    assert microsoft["relations"] == [
        {"predecessor": 2, "successor": 3, "type": "FS", "lag": 480, "unit": "minutes"}
    ]


def test_resources_of_a_microsoft_file(microsoft: dict[str, Any]) -> None:
    (team,) = [r for r in microsoft["resources"] if r.get("name") == "Team"]
    assert (team["type"], team["max_units"], team["rate"]) == ("WORK", 200, 50)
    assert team["calendar"] == 2
    (work,) = [a for a in microsoft["assignments"] if a.get("resource") == 1]
    assert (work["task"], work["work"], work["units"], work["cost"]) == (2, 2400, 100, 2000)


def test_a_microsoft_file_becomes_a_plan(microsoft: dict[str, Any]) -> None:
    plan = to_plan(microsoft, "site.xml")
    assert [a.id for a in plan.activities] == ["2", "3"]
    assert noted(plan, "inactive", "Off")
    assert noted(plan, "Elapsed durations", "Dry")
    # Dig: Monday to Wednesday, not on the team's Thursday nor on the free Friday, two days more.
    finish = pm.critical_path(plan).table.loc["2", "early_finish_date"]
    assert str(finish) == "2026-03-10 17:00:00"


def test_a_primavera_file_of_two_projects(primavera: dict[str, Any]) -> None:
    depot, (fleet,) = primavera, primavera["others"]
    assert [depot["project"]["id"], fleet["project"]["id"]] == ["DEPOT", "FLEET"]
    assert depot["project"]["progress"] == "PROGRESS_OVERRIDE"
    assert depot["project"]["lag_calendar"] == "SUCCESSOR"
    dig = next(t for t in depot["tasks"] if t.get("id") == "A10")
    assert (dig["percent_type"], dig["percent_activity"]) == ("PHYSICAL", 30)
    assert dig["remaining_duration"] == 1440
    loe = next(t for t in depot["tasks"] if t.get("id") == "A20")
    assert loe["activity_type"] == "LEVEL_OF_EFFORT"
    (across,) = fleet["relations"]
    assert (across["predecessor_project"], across["lag"]) == (10, 960)
    assert depot["calendars"][0]["week"][0] == [[480, 960]]
    assert depot["calendars"][0]["dates"][0][:2] == ["2026-03-06", "2026-03-06"]


def test_a_primavera_file_of_two_projects_becomes_a_program(primavera: dict[str, Any]) -> None:
    program = to_plan(primavera, "both.xer")
    assert isinstance(program, pm.Program)
    table = pm.critical_path(program).table
    # From the data date 2026-03-04 three days remain; the sixth is free, the lag takes two more.
    assert str(table.loc["DEPOT.A10", "early_finish_date"]) == "2026-03-09 16:00:00"
    assert program["FLEET.A10"].constraint == "must_finish_on"
    assert program["DEPOT.A20"].type == "level_of_effort"
