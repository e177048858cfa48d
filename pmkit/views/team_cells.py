"""What stands in a chart of who does what: which activities, and a cell for each of its people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pmkit.analysis.resourcing.team_result import Team
from pmkit.views.theme import (
    LABEL,
    NOTE,
    as_datetime,
    day_text,
    days_text,
    money_text,
    number_text,
    shortened,
    titled,
)

NOBODY = "Nobody"
_SAID = {"on it": "on it by the plan", "joins": "joins", "gap": "a gap: nobody covers it"}
_MARKS = {"on it": "", "joins": "+", "gap": "!"}
LETTER = 0.5  # of the size of type: how wide a letter is on average


def chosen_activities(team: Team, most: int) -> tuple[list[str], int]:
    """Ids of the activities that are drawn, in the order of the plan, and how many are not."""
    cover = team.table["cover"].groupby(level=0, sort=False)
    ids = [str(id_) for id_, _ in cover]
    rank = {"gap": 0, "joins": 1, "on it": 2}
    need = [min(rank[one] for one in covers) for _, covers in cover]
    kept = sorted(sorted(range(len(ids)), key=lambda n: (need[n], n))[:most])
    return [ids[n] for n in kept], len(ids) - len(kept)


def name_of(team: Team, id_: str) -> str:
    """Return what an activity is called: its id and its name."""
    return titled(id_, team.plan.network[id_].name)


def cells_of(team: Team, chosen: Sequence[str]) -> list[dict[str, Any]]:
    """One cell for each activity and person (or nobody), with its skills."""
    currency = team.plan.network.settings.currency
    place = {id_: y for y, id_ in enumerate(chosen)}
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for id_, said in zip(team.table.index, team.table.to_dict("records"), strict=True):
        if id_ not in place:
            continue
        key = (id_, said["person"] or NOBODY, said["cover"])
        cell = found.setdefault(key, {
            "y": place[id_], "person": key[1], "cover": key[2], "activity": name_of(team, id_),
            "skills": [], "when": _when(team, said), "costs": 0.0, "said": _SAID[key[2]],
            "why": [],
        })  # fmt: skip
        cell["skills"].append(said["skill"])
        cell["costs"] += said["cost"]
        if said["reason"]:
            cell["why"].append(f"{said['skill']}: {said['reason']}")
    for cell in found.values():
        cell["wanted"] = ", ".join(cell["skills"])
        cell["money"] = "nothing more"
        if cell["cover"] == "joins":
            cell["money"] = money_text(cell["costs"], currency)
        cell["reason"] = "; ".join(cell.pop("why")) or cell["said"]
        del cell["costs"]
    return list(found.values())


def _when(team: Team, said: dict[Any, Any]) -> str:
    ends = [said["start"], said["finish"]]
    texts = [f"day {number_text(end)}" for end in ends]
    if team.schedule.is_dated:
        texts = [day_text(as_datetime(said[name])) for name in ("start_date", "finish_date")]
    return f"{' to '.join(dict.fromkeys(texts))}, {days_text(said['days'])}"


def cell_text(cell: dict[str, Any], pitch: float) -> str:
    """As much as the cell has room for: its skills, the first and how many more, or a sign."""
    sign, skills = _MARKS[cell["cover"]], cell.pop("skills")
    room = int((0.88 * pitch - 4) / (LETTER * type_size(pitch))) - (2 if sign else 0)
    told = ", ".join(skills)
    if len(told) > room and len(skills) > 1:
        more = f" +{len(skills) - 1}"
        told = shortened(skills[0], max(room - len(more), 1)) + more
    if room < 5:
        return sign or ("\u2713" if len(skills) == 1 else str(len(skills)))
    return f"{sign} {shortened(told, room)}".strip()


def type_size(pitch: float) -> int:
    """Return the size of type for columns that far apart."""
    return LABEL if pitch > 100 else NOTE
