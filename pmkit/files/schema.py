"""The table format: every sheet and column, its unit, its rule, and what other tools call it.

Reader, writer and template all work from this one table.
"""

from __future__ import annotations

from pmkit.files.columns import Column, Sheet, aliases
from pmkit.files.control_schema import BASELINES, CHANGES, ISSUES, TOLERANCES
from pmkit.files.program_schema import PROGRAM_SHEETS
from pmkit.model.activity import ActivityType, ConstraintKind, Distribution
from pmkit.model.resource import ResourceType
from pmkit.model.risk import RiskKind, RiskState
from pmkit.model.settings import (
    CONSTRAINT_RULES,
    CRITICAL_RULES,
    FLOAT_RULES,
    PROGRESS_RULES,
)

JSON_VERSION = 1
"""Value of ``"pmkit"`` in a json file."""

_SHAPES = tuple(Distribution)
_PROJECT = Column("project", "id", "Project it belongs to; empty for the whole program.")

ACTIVITIES = Sheet(
    "activities",
    "What is to be done: one row for each activity.",
    (
        Column("id", "id", "Required, unique within its project.",
               aliases("activity id|task id|id|task no|task number|activity no|activity number|"
                        "activity code|unique id|uid|nr|no|number|code|ref|key|issue key|#|item|"
                        "vorgangsnr|vorgangsnummer|vorgangs id|nummer|n|n tache|numero|taaknummer|"
                        "taak id|identifiant|identificador"),
               examples=("A", "B", "C", "D", "E")),
        Column("name", "text", "What a reader calls it.",
               aliases("task name|activity name|name|task|activity|description|title|summary name|"
                        "task description|activity description|work item|deliverable|subject|"
                        "issue summary|vorgangsname|vorgang|aufgabe|aufgabenname|bezeichnung|"
                        "beschreibung|nom de la tache|nom|tache|libelle|nombre de tarea|"
                        "nombre de la tarea|nombre|tarea|taaknaam|taak|naam|omschrijving|"
                        "activiteit|actividad|activite"),
               examples=("Agree scope", "Order equipment", "Build site", "Install equipment",
                         "Hand over")),
        Column("project", "id", "Project it belongs to, when the file holds several: a program.",
               aliases("project id|project|project name|project uid|project code|project number|"
                        "projekt|projet|proyecto")),
        Column("wbs", "id", "Place in the work breakdown structure.",
               aliases("wbs|wbs code|outline number|psp code|psp|otp|edt|numero de esquema|"
                        "gliederungsnummer|wbs path|work breakdown structure"),
               examples=("1.1", "1.2", "2.1", "2.2", "2.3")),
        Column("duration", "days",
               "Working days; units are understood too: 5 days, 2w, 16 hrs. Leave it empty where "
               "the three points are given.",
               aliases("duration|original duration|planned duration|dur|activity duration|"
                        "task duration|at completion duration|od|dauer|duree|duracion|duur|"
                        "expected duration|estimated duration|time"),
               examples=(3, 10, None, 4, 0)),
        Column("predecessors", "links",
               "A; B SS+2; C FF-1.5; D+1w; E+50%; F+3ed. Lags in working days unless they say "
               "w, h, m, e (elapsed) or %.",
               aliases("predecessors|predecessor|unique id predecessors|depends on|dependencies|"
                        "dependency|preceding activities|preceding|immediate predecessors|"
                        "immediate predecessor|predecessor details|blocked by|vorganger|"
                        "vorgaenger|predecesseurs|predecesseur|predecesoras|predecesores|"
                        "voorafgaande taken|voorgangers|voorganger|after"),
               examples=(None, "A", "A", "B; C FS+1", "D")),
        Column("optimistic", "days", "Three points of the duration: the shortest.",
               aliases("optimistic|optimistic duration|best case|best|min|minimum|shortest|"
                        "minimum duration|min duration|optimistisch|optimiste|optimista|low|"
                        "a|o"),
               examples=(None, 8, 12)),
        Column("most_likely", "days", "Three points of the duration: the most likely.",
               aliases("most likely|most likely duration|likely|mode|realistic|"
                        "wahrscheinlich|am wahrscheinlichsten|probable|plus probable|"
                        "mas probable|meest waarschijnlijk|ml|m"),
               examples=(None, 10, 15)),
        Column("pessimistic", "days", "Three points of the duration: the longest.",
               aliases("pessimistic|pessimistic duration|worst case|worst|max|maximum|longest|"
                        "maximum duration|max duration|pessimistisch|pessimiste|pesimista|high|"
                        "b|p"),
               examples=(None, 15, 25)),
        Column("distribution", "choice", "Shape between the three points.",
               choices=_SHAPES, examples=(None, None, "triangular")),
        Column("correlation_group", "text",
               "Activities of one group vary together in a simulation."),
        Column("fixed_cost", "money", "Money, whatever the duration.",
               aliases("fixed cost|feste kosten|cout fixe|costo fijo|coste fijo|vaste kosten"),
               examples=(500, 20000)),
        Column("cost_optimistic", "money", "Three points of an uncertain fixed cost: the lowest."),
        Column("cost_most_likely", "money",
               "Three points of an uncertain fixed cost: the most likely."),
        Column("cost_pessimistic", "money",
               "Three points of an uncertain fixed cost: the highest."),
        Column("cost_distribution", "choice", "Shape between the three points of the cost.",
               choices=_SHAPES),
        Column("cost_per_day", "money", "Money per working day of its duration.",
               aliases("cost per day|daily cost|day rate|daily rate"),
               examples=(None, None, 800)),
        Column("resources", "assignments", "Engineer 2; Crane: a name, then units where not 1.",
               aliases("resource names|resources|resource|assigned to|assignee|owner|responsible|"
                        "ressourcennamen|ressourcen|noms ressources|ressources|"
                        "nombres de los recursos|recursos|resourcenamen|middelen|resource name|"
                        "resource ids"),
               examples=("Engineer", None, "Crew 2", "Crew; Engineer")),
        Column("skills", "list", "Skills it needs."),
        Column("priority", "number", "A larger number goes first when resources are scarce.",
               aliases("priority|prioritat|priorite|prioridad|prioriteit")),
        Column("calendar", "text", "Name of its calendar; empty for the project's.",
               aliases("task calendar|calendar|calendar name|kalender|vorgangskalender|"
                        "calendrier|calendario|taakagenda")),
        Column("type", "choice",
               "level_of_effort (as long as those it is tied to) or wbs_summary (spans its wbs); "
               "empty for all others.",
               choices=tuple(ActivityType)),
        Column("constraint", "choice", "One of the eight date constraints.",
               aliases("constraint type|constraint|primary constraint|einschrankungsart|"
                        "type de contrainte|tipo de restriccion|beperkingstype|"
                        "tipo de delimitacion"),
               choices=tuple(ConstraintKind),
               examples=(None, "start_no_earlier_than")),
        Column("constraint_date", "moment", "Its date, where the constraint needs one.",
               aliases("constraint date|primary constraint date|einschrankungstermin|"
                        "date de la contrainte|fecha de restriccion|fecha de delimitacion|"
                        "beperkingsdatum"),
               examples=(None, "2026-01-12")),
        Column("crash_duration", "days", "Shortest duration that money can buy.",
               aliases("crash duration|crash time|crashed duration")),
        Column("crash_cost", "money", "Total direct cost of the activity at its crash duration.",
               aliases("crash cost|crashed cost")),
        Column("baseline_start", "moment", "Start in the approved plan.",
               aliases("baseline start|baseline1 start|bl project start|bl start|"
                        "geplanter anfang|debut de la planification|comienzo previsto|"
                        "debut planifie|geplande begindatum|planned start baseline")),
        Column("baseline_finish", "moment", "Finish in the approved plan.",
               aliases("baseline finish|baseline1 finish|bl project finish|bl finish|"
                        "geplantes ende|fin planifiee|fin previsto|geplande einddatum")),
        Column("baseline_cost", "money", "Cost in the approved plan.",
               aliases("baseline cost|bl project total cost|bl cost|geplante kosten|"
                        "cout planifie|costo previsto")),
        Column("percent_complete", "percent", "0 to 100.",
               aliases("% complete|percent complete|activity % complete|physical % complete|"
                        "duration % complete|% done|progress|done|% abgeschlossen|% acheve|"
                        "% completado|% voltooid|complete")),
        Column("remaining_duration", "days", "Working days still to go.",
               aliases("remaining duration|remaining early duration|rd|verbleibende dauer|"
                        "duree restante|duracion restante|resterende duur")),
        Column("actual_start", "moment", "When it really began.",
               aliases("actual start|ist anfang|aktueller anfang|debut reel|comienzo real|"
                        "werkelijke begindatum|feitelijke begindatum")),
        Column("actual_finish", "moment", "When it was really done.",
               aliases("actual finish|actual end|ist ende|aktuelles ende|fin reelle|fin real|"
                        "werkelijke einddatum|feitelijke einddatum")),
        Column("actual_cost", "money", "What it has cost so far.",
               aliases("actual cost|actual total cost|aktuelle kosten|cout reel|costo real|"
                        "werkelijke kosten")),
        Column("ev_method", "text",
               "How progress earns value: percent (default), 0/100, 50/50, milestones 20 30 50, "
               "or level_of_effort.", aliases("earned value method")),
        Column("start", "moment", aliases=aliases(
            "start|start date|early start|planned start|start planned|"
            "begin|begin date|scheduled start|anfang|"
            "startdatum|beginn|debut|date de debut|comienzo|fecha de inicio|inicio|begindatum|"
            "target start"), reading_only=True),
        Column("finish", "moment", aliases=aliases(
            "finish|finish date|end|end date|early finish|planned finish|finish planned|"
            "due date|scheduled finish|"
            "deadline|ende|enddatum|fin|date de fin|fecha de fin|einddatum|target finish"),
               reading_only=True),
        Column("successors", "links", aliases=aliases(
            "successors|successor|nachfolger|successeurs|sucesoras|sucesores|opvolgers|"
            "opvolgende taken"), reading_only=True),
        Column("summary", "flag", aliases=aliases(
            "summary|is summary|rollup task|sammelvorgang|recapitulative|resumen|samenvatting"),
               reading_only=True),
        Column("outline_level", "number", aliases=aliases(
            "outline level|level|indent|indent level|gliederungsebene|niveau hierarchique|"
            "nivel de esquema|overzichtsniveau"), reading_only=True),
        Column("milestone", "flag", aliases=aliases(
            "milestone|is milestone|meilenstein|jalon|hito|mijlpaal"), reading_only=True),
        Column("active", "flag", aliases=aliases("active|aktiv|actif|activo|actief"),
               reading_only=True),
        Column("total_cost", "money", aliases=aliases(
            "cost|total cost|budget|budgeted total cost|budgeted cost|planned cost|"
            "at completion total cost|kosten|cout|costo|coste|normal cost"), reading_only=True),
    ),
    aliases("task table|tasks|task|task table1|schedule|plan|project plan|activity|gantt|"
             "vorgange|aufgaben|vorgangstabelle|taches|tareas|taken|work packages|task data"),
)  # fmt: skip

RESOURCES = Sheet(
    "resources",
    "Who and what works on the activities.",
    (
        Column("name", "id", "Required: how activities refer to it.",
               aliases("resource name|name|resource|resource id|ressourcenname|ressource|"
                        "nom de la ressource|nom|nombre del recurso|nombre|resourcenaam|naam"),
               examples=("Engineer", "Crew", "Concrete")),
        Column("type", "choice", "People and machines are renewable, materials consumable.",
               aliases("type|resource type|art|tipo"), choices=tuple(ResourceType),
               examples=("renewable", "renewable", "consumable")),
        Column("capacity", "number", "Units at hand at the same time; empty for no limit.",
               aliases("capacity|max units|maximum units|max|max einheiten|capacite max|"
                        "units|availability|capacidad maxima|max eenheden"),
               examples=(1, 2)),
        Column("cost_per_day", "money", "Money per unit and working day.",
               aliases("cost per day|rate per day|day rate|daily rate"), examples=(640, 400)),
        Column("cost_per_use", "money", "Money for each activity that uses it.",
               aliases("cost per use|cost use|kosten einsatz|cout utilisation|costo uso"),
               examples=(None, None)),
        Column("cost_per_unit", "money", "Money per unit of a consumable.",
               aliases("cost per unit|price unit|unit price|unit cost"),
               examples=(None, None, 110)),
        Column("rate", "rate", aliases=aliases(
            "standard rate|std rate|rate|standardsatz|taux standard|tasa estandar|standaardtarief"),
               reading_only=True),
        Column("skills", "list", "Skills it has.", examples=(None, "welding; rigging")),
        Column("calendar", "text", "When it works; empty for the project's.",
               aliases("base calendar|calendar|basiskalender|calendrier de base|"
                        "calendario base")),
        _PROJECT,
    ),
    aliases("resource table|resource|resource table1|resource sheet|ressourcen|ressources|"
             "recursos|middelen|team"),
)  # fmt: skip

CALENDARS = Sheet(
    "calendars",
    "When work happens: several rows for each calendar; dates override weekdays.",
    (
        Column("name", "id", "Required.", aliases("calendar|calendar name"),
               examples=("site", "site", "site")),
        Column("days", "text", "Mon-Fri, Mon Wed, a date, or 2026-12-24..2026-12-31.",
               aliases("day|date|weekday"),
               examples=("Mon-Thu", "Fri", "2026-12-24..2026-12-31")),
        Column("hours", "text", "08:00-12:00 13:00-17:00 (24:00 allowed); empty: not working.",
               aliases("working hours|time|times"),
               examples=("08:00-12:00 13:00-17:00", "08:00-12:00 13:00-17:00", None)),
        _PROJECT,
    ),
    aliases("calendar|calendar table|kalender|calendriers|calendarios"),
)  # fmt: skip

RISKS = Sheet(
    "risks",
    "Risk events: what may happen, how likely, and what it does to which activities.",
    (
        Column("id", "id", "Required, unique.", aliases("risk id|id|nr|no|number|#"),
               examples=("R1",)),
        Column("name", "text", "What may happen.",
               aliases("risk|risk name|risk event|description|risk description|title|event"),
               examples=("Equipment arrives late",)),
        Column("kind", "choice", "A threat lengthens and costs, an opportunity shortens and saves.",
               aliases("threat or opportunity|risk type|type"), choices=tuple(RiskKind),
               examples=("threat",)),
        Column("activities", "list", "Activities it delays, separated by ;.",
               aliases("activity|affected activities|tasks|task|affects"), examples=("B",)),
        Column("probability", "probability", "0 to 1, or 30%.",
               aliases("likelihood|prob|p|chance|wahrscheinlichkeit|probabilite|probabilidad"),
               examples=(0.3,)),
        Column("optimistic", "days", "Days added when it occurs: the fewest.",
               aliases("min|minimum|best case|low"), examples=(2,)),
        Column("most_likely", "days", "Days added when it occurs: the most likely.",
               aliases("most likely|impact|impact days|delay|days|schedule impact"),
               examples=(5,)),
        Column("pessimistic", "days", "Days added when it occurs: the most.",
               aliases("max|maximum|worst case|high"), examples=(10,)),
        Column("distribution", "choice", "Shape between the three points.", choices=_SHAPES),
        Column("cost_impact", "money", "Money added when it occurs.",
               aliases("cost|cost impact|impact cost"), examples=(4000,)),
        Column("response", "text", "What is done about it.",
               aliases("mitigation|response plan|response strategy"),
               examples=("Order from two suppliers",)),
        Column("response_cost", "money", "What the response costs.",
               aliases("mitigation cost"), examples=(1500,)),
        Column("response_probability", "probability", "What remains of the probability then.",
               aliases("residual probability"), examples=(0.1,)),
        Column("response_most_likely", "days", "What remains of the days added.",
               aliases("residual impact")),
        Column("response_cost_impact", "money", "What remains of the money added.",
               aliases("residual cost impact")),
        Column("owner", "text", "Who watches it.", aliases("risk owner|responsible"),
               examples=("Engineer",)),
        Column("is_responded", "flag", "Whether the response is taken: yes or no."),
        Column("state", "choice", "open, occurred or closed; only an open risk may still occur.",
               choices=tuple(RiskState)),
        _PROJECT,
    ),
    aliases("risk register|risk|risk log|risiken|risques|riesgos|risicos"),
)  # fmt: skip

STATUS = Sheet(
    "status",
    "Cumulative figures by date, when there is no progress by activity.",
    (
        Column("date", "moment", "Required.", aliases("status date|period end")),
        Column("pv", "number", "Planned value to date.", aliases("planned value|bcws")),
        Column("ev", "number", "Earned value to date.", aliases("earned value|bcwp")),
        Column("ac", "number", "Actual cost to date.", aliases("actual cost|acwp")),
        _PROJECT,
    ),
)

SETTING_KEYS = (
    Column("name", "text", "Title of the plan.", aliases("project name|title|project")),
    Column("start", "date", "Project start; without it time counts in working days from 0.",
           aliases("project start|start date|project start date")),
    Column("finish", "moment", "Imposed finish: late dates count back from it.",
           aliases("imposed finish|project finish|finish date|deadline")),
    Column("status_date", "moment", "Up to when progress is known.", aliases("data date")),
    Column("calendar", "text", "Name of the project calendar; empty: Monday to Friday, 8 hours."),
    Column("lag_calendar", "text",
           "successor (default), predecessor, project, 24 hours, or a calendar's name."),
    Column("hours_per_day", "number", "Working hours in one working day; 8 unless given."),
    Column("critical_float", "number",
           "An activity is critical when its total float is at most this; 0 unless given."),
    Column("constraints", "choice", "logic_first (default) or honour_dates (MS Project's way).",
           choices=CONSTRAINT_RULES),
    Column("progress", "choice",
           "retained_logic (default), progress_override or unmoved (MS Project's way).",
           choices=PROGRESS_RULES),
    Column("total_float", "choice", "smaller (default), start or finish float.",
           choices=FLOAT_RULES),
    Column("critical", "choice", "total_float (default) or longest_path.",
           choices=CRITICAL_RULES),
    Column("currency", "text", "For money."),
    Column("discount_rate", "number", "Per year, such as 0.08."),
    Column("contingency", "money",
           "Money that stands behind the work for its known risks: part of the budget."),
    Column("management_reserve", "money",
           "Money beside the budget for what nobody foresaw."),
)  # fmt: skip
"""The keys of the ``settings`` sheet."""

SETTINGS = Sheet(
    "settings",
    "What holds for the whole plan.",
    (
        Column("key", "text", "Required.", aliases("setting|parameter")),
        Column("value", "text", "See the read me sheet.", aliases("setting value")),
        _PROJECT,
    ),
)

PROJECTS = Sheet(
    "projects",
    "What a program knows of each of its projects; one without activities is a candidate. By year: "
    "columns cost_2026, benefit_2027 and so on.",
    (
        Column("id", "id", "Required, unique.", aliases("project id|project|code"),
               examples=("Depot", "Fleet", "Solar", "Storage")),
        Column("name", "text", "Label.", aliases("project name|title"),
               examples=("Charging depot", "Electric buses", "Solar roof", "Battery store")),
        Column("start", "date", "Earliest start; empty for the program's."),
        Column("cost", "number", "Money that it costs, where it is not told by year.",
               aliases("total cost|planned cost"), examples=(220_000, 900_000, 90_000, 60_000)),
        Column("benefit", "number",
               "Money that it brings alone, where it is not told by year; what several projects "
               "bring together stands in the sheet benefits.", aliases("total benefit"),
               examples=(30_000, None, 120_000, 70_000)),
        Column("mandatory", "flag", "yes where it must be funded.", examples=("yes",)),
        Column("requires", "list", "Ids of projects it needs, separated by ;.",
               examples=(None, "Depot", "Depot", "Depot")),
        Column("excludes", "list", "Ids of projects it rules out, separated by ;."),
        Column("sponsor", "text", "Who answers for the money.",
               examples=("Head of Property", "Head of Operations", "Head of Property",
                         "Head of Property")),
        Column("manager", "text", "Who answers for delivery.", aliases("project manager")),
        Column("delivers", "list", "Its outputs by name, separated by ;.",
               aliases("outputs|deliverables|deliverable"),
               examples=("Charging depot", "Electric buses")),
        Column("probability", "probability",
               "That it delivers what it promises; 1 unless given.",
               aliases("probability of success|likelihood of success"),
               examples=(None, None, 0.9)),
        Column("smallest_share", "number",
               "The smallest share of it that may be funded alone, above 0 and below 1; empty for "
               "all or nothing.", aliases("smallest share|minimum share"),
               examples=(None, None, 0.5)),
        Column("may_wait", "number", "By how many years it may start later; 0 unless given.",
               aliases("may wait|years it may wait"), examples=(None, None, None, 1)),
    ),
    yearly=("cost", "benefit"),
)  # fmt: skip

DEPENDENCIES = Sheet(
    "dependencies",
    "Dependencies that a predecessors cell cannot say (ids with ; in them), one row each.",
    (
        Column("predecessor", "id", "Required.", aliases("from|source|predecessor id")),
        Column("successor", "id", "Required.", aliases("to|target|successor id")),
        Column("kind", "choice", "FS unless given.", aliases("type|relation|link type"),
               choices=("FS", "SS", "FF", "SF")),
        Column("lag", "number", "0 unless given; negative for a lead."),
        Column("unit", "choice", "Working days unless given.", choices=("d", "ed", "%")),
    ),
    aliases("links|relationships|predecessor table"),
)  # fmt: skip

NOTES = Sheet("notes", "What was read but is not honoured.", (Column("note", "text"), _PROJECT))

TITLES = Sheet(
    "sheet names",
    "Names of sheets that a spreadsheet cannot show in full.",
    (Column("sheet", "text"), Column("name", "text")),
)

SHEETS = {
    sheet.name: sheet
    for sheet in (ACTIVITIES, RESOURCES, CALENDARS, RISKS, STATUS, SETTINGS, PROJECTS,
                  DEPENDENCIES, TOLERANCES, ISSUES, CHANGES, BASELINES, *PROGRAM_SHEETS, NOTES,
                  TITLES)
}  # fmt: skip
