"""A lesson with one check of each kind and a few situations, from tables as instructors have."""

from __future__ import annotations

import csv
from pathlib import Path

from pmkit.learning.lesson import Lesson, read_lessons
from pmkit.learning.tables import Reader

FOLDER = "04_small"
_THREE = ("0", "1", "2")


def tables() -> dict[str, list[list[str]]]:
    """Return the rows of every table, the heading first."""
    return {
        "lessons.csv": [["lesson", "name", "title", "question"],
                        ["04", "small", "A small lesson", "Is it <small>?"]],
        f"{FOLDER}/outcomes.csv": [["id", "text"], ["04a", "say how much is done"],
                                   ["04b", "say who decides"]],
        f"{FOLDER}/checks.csv": _checks(),
        f"{FOLDER}/options.csv": _options(),
        f"{FOLDER}/cards.csv": _cards(),
        f"{FOLDER}/card_options.csv": _card_options(),
        f"{FOLDER}/predictions.csv": [
            ["id", "domain", "question", "unit", "decimals", "within", "options", "maker",
             "reason"],
            ["04-done", "progress", "How much of Depot is done?", "%", "0", "4", "",
             "progress.done_at_depot", "Only what is finished has earned its budget."],
            ["04-hides", "progress", "What is the SPI of the other two together?", "", "", "",
             "about 0.88;about 0.94;above 1.00", "progress.without_depot", "It is lost in a sum."],
        ],
    }  # fmt: skip


def small_lesson(folder: Path) -> Lesson:
    """Write the tables into a folder, and read them."""
    for name, rows in tables().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows(rows)
    reader = Reader(folder)
    (found,) = read_lessons(reader)
    reader.done()
    return found


def _checks() -> list[list[str]]:
    heading = ["id", "variant", "kind", "outcome", "domain", "question", "unit", "decimals",
               "within", "maker", "card", "bins", "hint", "reason"]  # fmt: skip
    done = ["04-done-check", "", "numeric", "04a", "progress",
            "Budgets of {b1}, {b2} and {b3} thousand are {p1} %, {p2} % and {p3} % done. "
            "{time} % of the time has passed, {money} % of the money is spent. How many per cent "
            "are done?", "%", "1", "0.5", "progress.percent_done", "", "",
            "Turn each percentage into money that is earned.",
            "Each package weighs as much as it was to cost."]  # fmt: skip
    told = [heading, done]
    for v in _THREE:
        told.append(["04-who", v, "choice", "04b", "roles",
                     f"Case {v}: who accepts a slip of three days?", "", "", "", "", "", "",
                     "Read the authority table.", "Three days are within five."])  # fmt: skip
        told.append(["04-steps", v, "order", "04a", "schedule",
                     f"Case {v}: put the work of the depot in order.", "", "", "", "", "", "",
                     "What needs what?", "Power comes before the test."])  # fmt: skip
        told.append(["04-sort", v, "sort", "04b", "roles",
                     f"Case {v}: whose daily work is it?", "", "", "", "", "",
                     "project manager;program manager", "Think of the seat.",
                     "One project, or several."])  # fmt: skip
        told.append(["04-decide", v, "decision", "04b", "governance", "Decide.", "", "", "", "",
                     ("04-three", "04-eight", "04-people")[int(v)], "", "Compare the days.",
                     "The table says it."])  # fmt: skip
    return told


def _options() -> list[list[str]]:
    told = [["check", "variant", "key", "text", "right", "misconception", "reason"]]
    for v in _THREE:
        told += [
            ["04-who", v, "pm", "The project manager.", "yes", "", "Within authority."],
            ["04-who", v, "sponsor", "The sponsor, because <everything> that is late is theirs.",
             "", "", "Three days are not theirs."],
            ["04-who", v, "none", "Nobody: three days are always lost.", "", "",
             "Somebody has to accept them."],
            ["04-steps", v, "dig", "Dig the trench", "1", "", ""],
            ["04-steps", v, "cable", "Lay the cable", "2", "", "A cable lies in a trench."],
            ["04-steps", v, "power", "Switch on the power", "3", "", "There is no cable yet."],
            ["04-steps", v, "test", "Test a charger", "4", "", "Without power nothing is tested."],
            ["04-sort", v, "plan", "Plan the week of the fitters", "project manager", "", "It is "
             "one project."],
            ["04-sort", v, "share", "Share an engineer between projects", "program manager", "",
             "It is about several projects."],
            ["04-sort", v, "risk", "Keep the risk register of Fleet", "project manager", "",
             "It is one project."],
        ]  # fmt: skip
    return told


def _cards() -> list[list[str]]:
    heading = ["id", "title", "domain", "seat", "date", "project", "known", "tolerance", "question",
               "basis", "cost", "days", "benefit", "owner", "then", "why", "pair", "fact",
               "teaches"]  # fmt: skip
    rows = [
        ("04-slip", "A slip of <four> days", "schedule", "project manager", "Depot",
         "The wiring takes four days longer.", "authority", "4", "project manager", "",
         "Four days are within five."),
        ("04-late", "Twelve days", "schedule", "program manager", "Depot",
         "The wiring takes twelve days longer.", "authority", "12", "sponsor", "program manager",
         "Twelve days are beyond ten."),
        ("04-value", "Is it worth it?", "benefits", "program manager", "",
         "The hall stands. Nobody has counted the buses.", "role", "0", "benefit owner", "",
         "A benefit is measured by the one who gets it."),
        ("04-three", "Three days", "schedule", "project manager", "Fleet",
         "The bus maker is three days late.", "authority", "3", "project manager", "",
         "Three days are within five."),
        ("04-eight", "Eight days", "schedule", "project manager", "Fleet",
         "The bus maker is eight days late.", "authority", "8", "program manager", "",
         "Eight days are within ten."),
        ("04-people", "Two fitters", "resources", "project manager", "Depot",
         "Depot needs two fitters of the workshop.", "role", "0", "line manager", "",
         "The line manager releases people."),
    ]  # fmt: skip
    return [heading, *(
        [id_, title, domain, seat, "2026-05-04", project, known, "5 days and EUR 20,000.",
         "What do you do?", basis, "0", days, "0", owner, then, why, "", "", ""]
        for id_, title, domain, seat, project, known, basis, days, owner, then, why in rows
    )]  # fmt: skip


def _card_options() -> list[list[str]]:
    told = [["card", "key", "text", "verdict", "reason", "misconception", "changes"]]
    for card, days in (("04-slip", "4"), ("04-late", "12"), ("04-value", ""), ("04-three", ""),
                       ("04-eight", ""), ("04-people", "")):  # fmt: skip
        moved = f'[{{"target": "Depot.Wiring", "duration": "+{days}"}}]' if days else ""
        told += [
            [card, "tell", "Tell who waits, and plan again.", "right", "They can still move.", "",
             moved],
            [card, "ask", "Ask those who wait what it costs them.", "defensible",
             "It takes a day, and it is a good question.", "", ""],
            [card, "hide", "Say nothing, and hope that <nobody> looks at the plan before June.",
             "wrong", "Those who wait lose the time to act.", "", moved],
        ]  # fmt: skip
    return told
