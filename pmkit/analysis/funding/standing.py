"""Core, borderline, exterior: how much a project's place depends on hardly anything.

A project is *core* when it is in every choice that is nearly as good as the best, *exterior* when
it is in none, *borderline* otherwise. The words are those of Liesio, Mild & Salo (2007), there for
choices that are not dominated. Nobody should argue over a borderline project with the model.
"""

from __future__ import annotations

from collections.abc import Iterable

from pmkit.analysis.funding.programme import Choice, FundingProgramme

CORE, BORDERLINE, EXTERIOR = "core", "borderline", "exterior"
_ROOM = 1e-9


class Standings:
    """The standing of each project, found when it is asked for and kept.

    Parameters
    ----------
    programme
        The question.
    best
        Its best choice.
    within
        How much worse, relative to the best, a choice may be to count as nearly as good.
    """

    def __init__(self, programme: FundingProgramme, best: Choice, within: float) -> None:
        self.programme, self.best, self.within = programme, best, within
        self.floor = best.objective - within * abs(best.objective) - _ROOM
        self._flipped: dict[int, Choice | None] = {}
        self._settled: dict[int, str] = {}
        self._has_relaxed = False

    def of(self, place: int) -> str:
        """Return the standing of one project."""
        self._relax()
        if place not in self._settled:
            other = self.flipped(place)
            if other is None or other.objective < self.floor:
                self._settled[place] = CORE if place in self.best.chosen else EXTERIOR
            else:  # this choice is nearly as good: it settles all that it has otherwise
                for i in other.chosen ^ self.best.chosen:
                    self._settled.setdefault(i, BORDERLINE)
        return self._settled[place]

    def flipped(self, place: int) -> Choice | None:
        """Return the best choice in which a project is the other way; ``None`` if there is none."""
        if place not in self._flipped:
            is_in = place in self.best.chosen
            self._flipped[place] = self.programme.best(force={place: not is_in})
        return self._flipped[place]

    def all(self, places: Iterable[int]) -> list[str]:
        """Return the standing of several projects."""
        return [self.of(i) for i in places]

    def _relax(self) -> None:
        """Settle those whose reduced cost alone shows that the other way is too bad."""
        if self._has_relaxed:
            return
        self._has_relaxed = True
        found = self.programme.relaxation()
        if found is None:
            return
        optimum, duals = found
        problem = self.programme.problem
        for i, own in enumerate(problem.columns_of):
            # a project with several columns, or funded in part, has no single reduced cost
            if len(own) > 1 or problem.smallest[i] < 1:
                continue
            dual, is_in = float(duals[own[0]]), i in self.best.chosen
            # the sign tells which way it pulls; one that pulls against the best settles nothing
            if (dual > 0) == is_in and optimum - abs(dual) < self.floor - _ROOM:
                self._settled[i] = CORE if is_in else EXTERIOR
