"""Which activity of a later plan is which of an earlier one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from pmkit.model.activity import Activity

UNIQUE = "uid"
"""Extra column that holds the number by which a project tool knows an activity for good."""
WAYS = ("id", "name")


@dataclass(frozen=True)
class Matching:
    """Pairs of the two plans, and what is in one of them only.

    Parameters
    ----------
    pairs
        ``(id before, id after)``, in the order of the later plan.
    added, removed
        Ids that only the later, only the earlier plan has.
    """

    pairs: tuple[tuple[str, str], ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]


def match_activities(
    before: Sequence[Activity], after: Sequence[Activity], by: str = "id"
) -> Matching:
    """Match the activities of two networks, each at most once.

    Parameters
    ----------
    before, after
        Activities with the ids of their network, each with its project.
    by
        ``"id"``: a project tool's own number first, where both plans have it, then the id.
        ``"name"``: the name within the project first, for plans whose ids are numbers of rows.

    Notes
    -----
    A number or a name counts where it is unique within its project. Two activities whose numbers
    differ are not the same, whatever their ids.
    """
    keys: list[Callable[[Activity], Hashable]] = [_number, _id]
    if by == "name":
        keys.insert(0, _name)
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for key in keys:
        rest = [a for a in before if a.id not in pairs]
        known = _unique(rest, key)
        for told, later in _unique((a for a in after if a.id not in taken), key).items():
            earlier = known.get(told)
            if earlier is None or (key is _id and _differ(earlier, later)):
                continue
            pairs[earlier.id] = later.id
            taken.add(later.id)
    back = {later: earlier for earlier, later in pairs.items()}
    return Matching(
        tuple((back[a.id], a.id) for a in after if a.id in back),
        tuple(a.id for a in after if a.id not in back),
        tuple(a.id for a in before if a.id not in pairs),
    )


def _unique(
    activities: Iterable[Activity], key: Callable[[Activity], Hashable]
) -> dict[Hashable, Activity]:
    told = [(key(a), a) for a in activities]
    number = Counter(word for word, _ in told)
    return {word: a for word, a in told if word is not None and number[word] == 1}


def _number(activity: Activity) -> Hashable:
    number = str(activity.extra.get(UNIQUE, "")).strip()
    return (activity.project, number) if number else None


def _id(activity: Activity) -> Hashable:
    return activity.id


def _name(activity: Activity) -> Hashable:
    name = " ".join(activity.name.casefold().split())
    return (activity.project, name) if name else None


def _differ(one: Activity, other: Activity) -> bool:
    numbers = _number(one), _number(other)
    return None not in numbers and numbers[0] != numbers[1]
