"""A smallest set of limits that clash: without any one of them there would be a choice.

QuickXplain (Junker, 2004): halves of the limits are taken away, so that a handful of limits out of
hundreds is found in few questions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pmkit.analysis.funding.choice_problem import Limit


def smallest_clash(
    limits: Sequence[Limit], is_possible: Callable[[Sequence[Limit]], bool]
) -> tuple[Limit, ...]:
    """Return limits that cannot hold together; without any one of them they could.

    Parameters
    ----------
    limits
        That clash.
    is_possible
        Whether a choice keeps to the limits given.
    """

    def look(kept: list[Limit], added: bool, rest: list[Limit]) -> list[Limit]:
        if added and not is_possible(kept):
            return []
        if len(rest) == 1:
            return rest
        half = len(rest) // 2
        first, second = rest[:half], rest[half:]
        of_second = look([*kept, *first], True, second)
        of_first = look([*kept, *of_second], bool(of_second), first)
        return [*of_first, *of_second]

    if not is_possible([]):
        return ()
    found = look([], False, list(limits))
    return tuple(limit for limit in limits if limit in found)
