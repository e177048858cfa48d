"""Two aims against each other: the choices of which none is worse in both.

Dichotomic search (Aneja & Nair, 1979): between two efficient choices the weights are asked at which
both are equally good; a better one lies between them, or there is none. It finds the choices on the
hull of all efficient ones, those that some pair of weights makes best.
"""

from __future__ import annotations

from dataclasses import dataclass

from pmkit.analysis.funding.aims import Aim
from pmkit.analysis.funding.choice_problem import ChoiceProblem
from pmkit.analysis.funding.programme import Choice, FundingProgramme

_SAME = 1e-7
_LITTLE = 1e-4
"""Weight of the other aim where one alone counts: of equal choices the better one is taken."""


@dataclass(frozen=True, eq=False)
class EfficientChoice:
    """A choice that no other beats in both aims.

    Attributes
    ----------
    choice
        The projects.
    first, second
        What it is worth by each aim.
    weight
        A weight of the first aim, 0 to 1, at which it is best; each aim measured against its best.
    """

    choice: Choice
    first: float
    second: float
    weight: float


def efficient_choices(
    problem: ChoiceProblem, aim: Aim, first: str, second: str, *, gap: float, seconds: float | None,
    most: int,
) -> tuple[EfficientChoice, ...]:  # fmt: skip
    """Return the efficient choices, that which is best at the first aim in front.

    Parameters
    ----------
    problem
        What there is to choose from.
    aim
        Rate, base and risk, which hold for both.
    first, second
        Aims, as `fund` takes them.
    gap, seconds
        Of each question.
    most
        How many choices are looked for.
    """
    one, other = aim.only(first), aim.only(second)
    scale = dict.fromkeys((first, second), 1.0)

    def asked(weight: float) -> EfficientChoice | None:
        mixed = Aim({first: weight, second: 1 - weight}, aim.rate, aim.base, aim.risk_adjusted,
                    scale)  # fmt: skip
        found = FundingProgramme(problem, mixed, gap=gap, seconds=seconds).best()
        if found is None:
            return None
        gained = one.of_choice(problem, found.share, found.delay)
        beside = other.of_choice(problem, found.share, found.delay)
        return EfficientChoice(found, gained, beside, weight)

    alone = [FundingProgramme(problem, by, gap=gap, seconds=seconds).best() for by in (one, other)]
    if alone[0] is None or alone[1] is None:
        return ()
    scale = {first: abs(alone[0].objective) or 1.0, second: abs(alone[1].objective) or 1.0}
    ends = [asked(1 - _LITTLE), asked(_LITTLE)]
    found = [end for end in ends if end is not None]
    waiting = [(found[0], found[-1])]
    while waiting and len(found) < most:
        high, low = waiting.pop(0)
        across = (high.first - low.first) / scale[first]
        up = (low.second - high.second) / scale[second]
        if across <= _SAME or up <= _SAME:
            continue
        between = asked(up / (across + up))
        if between is None or not _is_beyond(between, high, low, scale, first, second):
            continue
        found.append(between)
        waiting += [(high, between), (between, low)]
    unique = {(round(e.first / scale[first], 9), round(e.second / scale[second], 9)): e
              for e in reversed(found)}  # fmt: skip
    return tuple(sorted(unique.values(), key=lambda e: -e.first))


def _is_beyond(
    one: EfficientChoice, high: EfficientChoice, low: EfficientChoice, scale: dict[str, float],
    first: str, second: str,
) -> bool:  # fmt: skip
    """Whether a choice lies beyond the line through two others."""

    def worth(e: EfficientChoice) -> float:
        return (one.weight * e.first / scale[first]
                + (1 - one.weight) * e.second / scale[second])  # fmt: skip

    return worth(one) > max(worth(high), worth(low)) + _SAME
