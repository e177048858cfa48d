"""The rules of schedule health: what each asks for, by how much, and who says so.

The first fourteen are the 14-point assessment of the Defense Contract Management Agency (DCMA-EA
PAM 200.1, *Earned Value Management System Program Analysis Pamphlet*, 2012, section 4). Its tasks
are activities: level of effort, summaries and milestones are not counted. The others are asked for
by the *Schedule Assessment Guide* (GAO-16-89G, 2015) and by tools such as Acumen Fuse.
"""

from __future__ import annotations

from dataclasses import dataclass

PERCENT, COUNT, INDEX, DAYS = "%", "count", "index", "days"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Parameters
    ----------
    name, title
        As a program and as people call it.
    unit
        ``"%"``, ``"count"``, ``"index"`` or ``"days"``.
    limit
        The threshold, unless another is asked for.
    meaning
        What it says and how it is counted, a sentence; ``{...}`` stands for a limit.
    advice
        What to do about an offender.
    at_least
        Whether the threshold is the least that passes; otherwise it is the most.
    """

    name: str
    title: str
    unit: str
    limit: float
    meaning: str
    advice: str
    at_least: bool = False

    @property
    def is_dcma(self) -> bool:
        """Whether it is one of the DCMA's fourteen."""
        return list(RULES).index(self.name) < DCMA


DCMA = 14

_ALL = (
    Rule(
        "logic", "Logic", PERCENT, 5,
        "At most {logic} % of the incomplete activities lack a predecessor, a successor or both; "
        "in each project the first to start and the last to finish are excused.",
        "Say what the activity waits for, and what waits for it.",
    ),
    Rule(
        "leads", "Leads", PERCENT, 0,
        "At most {leads} % of the dependencies into incomplete work have a lead, a lag below 0.",
        "Split the predecessor where the successor really may begin, and tie it to that part.",
    ),
    Rule(
        "lags", "Lags", PERCENT, 5,
        "At most {lags} % of the dependencies into incomplete work have a lag above 0.",
        "Make the wait an activity of its own where work or a risk hides in it, such as a delivery "
        "or a review.",
    ),
    Rule(
        "relationship_types", "Relationship types", PERCENT, 90,
        "At least {relationship_types} % of the dependencies into incomplete work are "
        "finish-to-start.",
        "Use finish-to-start where one really follows the other; split activities that overlap.",
        at_least=True,
    ),
    Rule(
        "hard_constraints", "Hard constraints", PERCENT, 5,
        "At most {hard_constraints} % of the incomplete activities must start or finish on a date, "
        "or no later than one.",
        "Let logic set the date; keep a date that is promised as a baseline, or as a constraint on "
        "a milestone.",
    ),
    Rule(
        "high_float", "High float", PERCENT, 5,
        "At most {high_float} % of the incomplete activities have a total float above "
        "{high_float_days} working days.",
        "Look for the successor that is missing: so much float is rarely real.",
    ),
    Rule(
        "negative_float", "Negative float", PERCENT, 0,
        "At most {negative_float} % of the incomplete activities have a total float below 0.",
        "Shorten the path to the date that cannot be kept, or agree on a later date.",
    ),
    Rule(
        "high_duration", "High duration", PERCENT, 5,
        "At most {high_duration} % of the incomplete activities have more than "
        "{long_duration_days} working days to go (the DCMA counts the baseline duration; what "
        "remains is what can still be planned in detail).",
        "Split it into steps whose completion can be seen.",
    ),
    Rule(
        "invalid_dates", "Invalid dates", COUNT, 0,
        "At most {invalid_dates} incomplete activities or milestones are planned to start or "
        "finish before the status date (an actual date after it is refused when a plan is read).",
        "Report what has happened, or move what has not to the status date.",
    ),
    Rule(
        "resources", "Resources", PERCENT, 0,
        "At most {resources} % of the incomplete activities of {resource_days} working days or "
        "more have neither a resource nor a cost.",
        "Say who does it, or what it costs.",
    ),
    Rule(
        "missed_activities", "Missed activities", PERCENT, 5,
        "At most {missed_activities} % of the activities that the baseline has finished by the "
        "status date finished later than in the baseline, or are not finished.",
        "Find out why it is late, and whether what follows will be.",
    ),
    Rule(
        "critical_path_test", "Critical path test", DAYS, 600,
        "With {critical_path_delay} working days more on the most critical activity, the first of "
        "several, the finish moves by as much (by 95 % or more where there are several "
        "calendars).",
        "Look for a missing dependency, or a date, between this activity and the finish.",
        at_least=True,
    ),
    Rule(
        "cpli", "Critical path length index (CPLI)", INDEX, 0.95,
        "(Length of the critical path + its total float) / its length is at least {cpli}: from the "
        "status date to the finish, float against the imposed finish, else the baseline's.",
        "Shorten the longest path, or agree on a later finish.",
        at_least=True,
    ),
    Rule(
        "bei", "Baseline execution index (BEI)", INDEX, 0.95,
        "Completed activities / (those that the baseline has finished by the status date + those "
        "without a baseline finish) is at least {bei}.",
        "Finish what is due first; give new activities a baseline.",
        at_least=True,
    ),
    Rule(
        "merge_hotspots", "Merge hotspots", PERCENT, 10,
        "At most {merge_hotspots} % of the activities and milestones that have not begun have more "
        "than {merge_predecessors} predecessors: where many paths meet, one of them is late.",
        "Check that each predecessor is needed, and keep a buffer before it.",
    ),
    Rule(
        "out_of_sequence", "Out of sequence", COUNT, 0,
        "At most {out_of_sequence} dependencies were broken by progress: the successor began or "
        "finished before it was to.",
        "Correct the progress, or the logic to what is really done.",
    ),
    Rule(
        "dangling_starts", "Dangling starts", PERCENT, 0,
        "At most {dangling_starts} % of the activities that have not begun have predecessors of "
        "which none (FS, SS) governs their start.",
        "Add what the start waits for.",
    ),
    Rule(
        "dangling_finishes", "Dangling finishes", PERCENT, 0,
        "At most {dangling_finishes} % of the incomplete activities have successors of which none "
        "(FS, FF) waits for their finish.",
        "Add what waits for the finish.",
    ),
)  # fmt: skip

RULES = {rule.name: rule for rule in _ALL}
"""Every rule by name, in the order of the table."""
