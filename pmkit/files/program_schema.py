"""The sheets of a program's strategy and governance, and of what limits its choice of projects."""

from __future__ import annotations

from pmkit.files.columns import Column, Sheet, aliases
from pmkit.model.benefit import EnablerRule
from pmkit.model.governance import Verdict

_NAME = Column("name", "text", "What a reader calls it.", aliases("title|description"))

OBJECTIVES = Sheet(
    "objectives",
    "What the organisation wants, as a tree with weights.",
    (
        Column("id", "id", "Required, unique.",
               aliases("objective id|objective|goal id|goal|code|nr|no"),
               examples=("Air", "Riders")),
        Column("name", "text", "What a reader calls it.",
               aliases("objective name|goal name|title|description|strategic objective"),
               examples=("Cleaner air", "More people ride")),
        Column("weight", "number",
               "How important it is beside those with the same parent, on any scale; empty where "
               "all are equal or judged in pairs.", aliases("importance|priority"),
               examples=(0.6, 0.4)),
        Column("parent", "id", "The objective that it is a part of; empty at the top.",
               aliases("parent id|parent objective|part of")),
    ),
    aliases("strategic objectives|strategic goals|goals|strategy"),
    about=("id",),
)  # fmt: skip

CONTRIBUTIONS = Sheet(
    "contributions",
    "What each project does for each objective.",
    (
        Column("project", "id", "Required: id of a project.", aliases("project id|project name"),
               examples=("Depot", "Fleet")),
        Column("objective", "id", "Required: id of an objective without parts.",
               aliases("objective id|goal|goal id"), examples=("Air", "Air")),
        Column("score", "number", "From -1 (opposes it) to 1 (serves it in full).",
               aliases("contribution|rating|value|alignment|points"), examples=(0.3, 0.9)),
    ),
    aliases("alignment|contribution|project contributions"),
    about=("project", "objective", "score"),
)  # fmt: skip

JUDGEMENTS = Sheet(
    "judgements",
    "Objectives compared in pairs, in place of weights.",
    (
        Column("group", "id", "The objective whose parts are compared; empty at the top.",
               aliases("parent|parent objective")),
        Column("one", "id", "Required: id of an objective.", aliases("objective|first")),
        Column("other", "id", "Required: id of another one.",
               aliases("compared to|second|versus")),
        Column("ratio", "number",
               "How many times as important the one is as the other: 3, or less than 1 where the "
               "other is more important.", aliases("judgement|judgment|times|intensity")),
    ),
    aliases("judgments|pairwise|pairwise comparisons|comparisons"),
    about=("one", "other", "ratio"),
)  # fmt: skip

OUTCOMES = Sheet(
    "outcomes",
    "What is different because people use what projects deliver.",
    (
        Column("id", "id", "Required, unique.", aliases("outcome id|code|nr|no"),
               examples=("Quiet",)),
        Column("name", "text", "What a reader calls it.",
               aliases("outcome|outcome name|title|description"),
               examples=("Buses run on power",)),
        Column("outputs", "list",
               "What must be delivered for it, separated by ;, in the words of delivers in the "
               "sheet projects.", aliases("output|deliverables|deliverable|needs"),
               examples=("Charging depot; Electric buses",)),
        Column("owner", "text", "Who sees to it that people work differently.",
               aliases("outcome owner|business change manager|change manager|responsible"),
               examples=("Head of Operations",)),
    ),
    aliases("outcome|outcome map"),
    about=("id",),
)  # fmt: skip

BENEFITS = Sheet(
    "benefits",
    "What is gained, once, from what one or several projects deliver. By year: columns "
    "benefit_2027 and so on as planned, realised_2027 and so on as it came.",
    (
        Column("id", "id", "Required, unique.", aliases("benefit id|code|nr|no"),
               examples=("Fuel",)),
        Column("name", "text", "What a reader calls it.",
               aliases("benefit name|title|description"),
               examples=("Fuel that is not bought",)),
        Column("outcomes", "list", "Ids of the outcomes that it comes from, separated by ;.",
               aliases("outcome|outcome id|outcome ids"), examples=("Quiet",)),
        Column("objectives", "list", "Ids of the objectives that it serves, separated by ;.",
               aliases("objective|objective id|objective ids|goals"), examples=("Air",)),
        Column("enablers", "enablers",
               "Ids of the projects that it needs, separated by ;; with the rule share each with "
               "its share: A 0.6; B 40%.",
               aliases("enabler|enabled by|projects|project|project ids|enabling projects"),
               examples=("Depot; Fleet",)),
        Column("rule", "choice",
               "all (needs every enabler; the default), any (one is enough, and it counts once) "
               "or share (each brings its share).",
               aliases("enabler rule"), choices=tuple(EnablerRule), examples=("all",)),
        Column("owner", "text", "Who answers for it after the projects have ended.",
               aliases("benefit owner|responsible|accountable"),
               examples=("Head of Operations",)),
        Column("probability", "probability",
               "That it comes when what enables it is delivered; 1 unless given.",
               aliases("likelihood|chance"), examples=(0.9,)),
        Column("ramp_years", "number",
               "Years from delivery until it is there in full; 0 unless given.",
               aliases("ramp up|ramp up years|ramp"), examples=(0.5,)),
        Column("benefit", "number",
               "Money, as planned, where it is not told by year; less than 0 for a disbenefit.",
               aliases("value|amount|total benefit|planned benefit"), examples=(250_000,)),
    ),
    aliases("benefit register|benefits register|benefit|benefit profile|benefits realisation plan"),
    about=("id",),
    yearly=("benefit", "realised"),
)  # fmt: skip

GROUPS = Sheet(
    "groups",
    "Projects of which at least, or at most, so many are to be chosen.",
    (
        Column("id", "id", "Required, unique.", aliases("group id|group|code"),
               examples=("power",)),
        _NAME,
        Column("projects", "list", "Required: ids, separated by ;.",
               aliases("project ids|members|candidates"), examples=("Solar; Storage",)),
        Column("at_least", "number", "How many at least.", aliases("min|minimum"), examples=(1,)),
        Column("at_most", "number", "How many at most.", aliases("max|maximum")),
    ),
    aliases("project groups|group"),
    about=("id", "projects"),
)  # fmt: skip

PEOPLE = Sheet(
    "people",
    "Days of scarce people: what there is (empty project), and what each project needs. By year: "
    "columns days_2026, days_2027 and so on.",
    (
        Column("resource", "id", "Required: who they are.",
               aliases("role|resource name|skill|who"), examples=("Engineer", "Engineer")),
        Column("project", "id", "The project that needs them; empty for what there is.",
               aliases("project id|project name"), examples=(None, "Solar")),
        Column("days", "number", "Person-days, for the whole time.",
               aliases("person days|man days|days available|effort"), examples=(200, 60)),
    ),
    aliases("scarce people|staff|headcount"),
    about=("resource", "days"),
    yearly=("days",),
)  # fmt: skip

AUTHORITY = Sheet(
    "authority",
    "Who may decide what alone: one row for each role, the lowest level first.",
    (
        Column("role", "text", "Required.", aliases("level|who|decided by|body"),
               examples=("project manager", "program manager", "sponsor")),
        Column("cost", "number", "The largest amount beyond the plan; empty for any.",
               aliases("cost limit|money|budget"), examples=(20_000, 100_000)),
        Column("days", "number",
               "The longest delay of a commitment, working days; empty for any.",
               aliases("delay|time|delay limit|working days"), examples=(5, 10)),
        Column("benefit", "number", "The largest benefit given up; empty for any.",
               aliases("benefit limit|benefit loss"), examples=(0, 50_000)),
        Column("project", "id", "The project that it is for; empty for the whole program.",
               aliases("project id")),
    ),
    aliases("authority levels|delegation|delegated authority|decision rights"),
    about=("role", "cost", "days", "benefit"),
)  # fmt: skip

STAKEHOLDERS = Sheet(
    "stakeholders",
    "Whom the program touches, or who can touch it, and who must hear of it when.",
    (
        Column("id", "id", "Required, unique.", aliases("stakeholder id|code|nr|no"),
               examples=("union",)),
        Column("name", "text", "What a reader calls them.",
               aliases("stakeholder|stakeholder name|who|title"), examples=("Drivers' union",)),
        Column("role", "text", "What they are to the program.",
               aliases("position held|function|group|type"), examples=("speaks for 90 drivers",)),
        Column("influence", "level", "From 0 to 1; 0.5 unless given.", aliases("power"),
               examples=(0.7,)),
        Column("interest", "level", "From 0 to 1; 0.5 unless given.", examples=(0.8,)),
        Column("position", "number", "From -1 (against) to 1 (for); 0 unless given.",
               aliases("attitude|support|stance"), examples=(-0.3,)),
        Column("cadence_days", "number",
               "They should hear of it at least this often, calendar days; empty for only when "
               "needed.", aliases("cadence|frequency days|every days"), examples=(14,)),
        Column("channel", "text", "How they hear of it.",
               aliases("communication channel|method|medium"), examples=("meeting",)),
        Column("concerns", "list",
               "Ids of the projects, benefits or objectives that they care about, separated by ;; "
               "empty for everything.", aliases("interested in|about"), examples=("Fleet",)),
        Column("last_told", "date", "When they last heard.",
               aliases("last contact|last informed|last update"), examples=("2026-01-12",)),
        Column("owner", "text", "Who keeps in touch.",
               aliases("relationship owner|contact owner|responsible"),
               examples=("Program manager",)),
    ),
    aliases("stakeholder register|stakeholder|stakeholder map|communication plan"),
    about=("id",),
)  # fmt: skip

GATES = Sheet(
    "gates",
    "When a project is funded on, paused, stopped or redirected.",
    (
        Column("id", "id", "Required, unique.", aliases("gate id|gate|code|nr|no"),
               examples=("G1",)),
        Column("project", "id", "Required: id of the project that it is for.",
               aliases("project id|project name"), examples=("Depot",)),
        Column("name", "text", "What a reader calls it.",
               aliases("gate name|title|description|stage"), examples=("Before the building",)),
        Column("date", "moment", "When it is decided.",
               aliases("gate date|review date|planned date|when"), examples=("2026-03-02",)),
        Column("authority", "text", "The role that decides; the program manager unless given.",
               aliases("decided by|decision maker|board"), examples=("sponsor",)),
        Column("cost_to_complete", "number",
               "Money still to be spent to finish; empty for what the plan says.",
               aliases("cost to complete|etc|remaining cost")),
        Column("termination_cost", "number", "What stopping costs.",
               aliases("cost to stop|exit cost|cancellation cost"), examples=(8_000,)),
        Column("recoverable", "number", "What stopping gives back: sales, reuse.",
               aliases("recoverable value|salvage|salvage value")),
        Column("holding_cost", "number", "What a pause costs per month.",
               aliases("cost of a pause|holding cost per month"), examples=(1_500,)),
        Column("restart_cost", "number", "What going on after a pause costs, once.",
               aliases("cost to restart")),
    ),
    aliases("gate|stage gates|stage reviews|gate reviews"),
    about=("id", "project"),
)  # fmt: skip

DECISIONS = Sheet(
    "decisions",
    "The decision log: what was decided, what was known then, and what came of it.",
    (
        Column("id", "id", "Required, unique.", aliases("decision id|code|nr|no|number|#"),
               examples=("D1",)),
        Column("name", "text", "What was decided.",
               aliases("decision|title|description|subject"), examples=("Build in one stage",)),
        Column("date", "moment", "When.", aliases("decided on|decision date|when"),
               examples=("2026-01-07",)),
        Column("decided_by", "text", "By which role.",
               aliases("decided by|decision maker|who|approved by"), examples=("sponsor",)),
        Column("project", "id", "The project that it was about; empty for the whole program.",
               aliases("project id|project name"), examples=("Depot",)),
        Column("gate", "id", "The gate at which it was decided, where it was one.",
               aliases("gate id")),
        Column("verdict", "choice",
               "fund, pause, stop or redirect; empty for another kind of decision.",
               aliases("outcome|result"), choices=tuple(Verdict), examples=("fund",)),
        Column("known", "text", "What was known then.",
               aliases("what was known|rationale|reason|basis|context"),
               examples=("Two stages cost 30,000 more",)),
        Column("expected", "number", "The value that was expected of the option chosen, money.",
               aliases("expected value"), examples=(120_000,)),
        Column("best_rejected", "number",
               "The value that was expected of the best option not chosen, money.",
               aliases("best rejected option|next best"), examples=(90_000,)),
        Column("realised", "number", "What came of it, money; empty as long as it is not known.",
               aliases("realised value|realized|actual value")),
    ),
    aliases("decision log|decision|decision register"),
    about=("id",),
)  # fmt: skip

PROGRAM_SHEETS = (OBJECTIVES, CONTRIBUTIONS, JUDGEMENTS, OUTCOMES, BENEFITS, GROUPS, PEOPLE,
                  AUTHORITY, STAKEHOLDERS, GATES, DECISIONS)  # fmt: skip
"""In the order in which they are written."""
PROGRAM_NAMES = frozenset(sheet.name for sheet in PROGRAM_SHEETS)
