"""Which activity the end of a link means, however its writer calls it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from pmkit.files.merging.sources import Source

_MOST_COMPARED = 5000


@dataclass(frozen=True, slots=True)
class End:
    """What was found: one key ``project.activity``, or why there is none.

    Parameters
    ----------
    key
        Empty where nothing, or more than one activity, is meant.
    is_by_name
        Whether the name of the activity told, and not its id.
    several
        The keys that it may mean.
    hint
        The id that comes nearest.
    """

    key: str = ""
    is_by_name: bool = False
    several: tuple[str, ...] = ()
    hint: str = ""


@dataclass(slots=True)
class Ends:
    """Every activity of the program, by all that a link may call it."""

    sources: Sequence[Source]
    keys: set[str] = field(default_factory=set)
    bare: dict[str, list[str]] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    projects: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for source in self.sources:
            old = {new: own for own, new in source.ids.items()}
            for project in source.projects:
                words = [project.id, old.get(project.id, ""), project.name]
                if len(source.projects) == 1:
                    words += [source.stem, source.file]
                for word in dict.fromkeys(map(_plain, words)):
                    if word:
                        self.projects.setdefault(word, []).append(project.id)
                for activity in project.activities:
                    key = f"{project.id}.{activity.id}"
                    self.keys.add(key)
                    self.bare.setdefault(activity.id, []).append(key)
                    if activity.name:
                        self.names.setdefault(_plain(activity.name), []).append(key)

    def find(self, text: str, project: str = "") -> End:
        """Return the activity that a text means.

        An exact ``project.activity`` wins, then the id behind another name of the project, then
        an id that one project alone has, then names, in the same order.

        Parameters
        ----------
        text
            As it stands in the cell.
        project
            The project, where it stands in a cell of its own.
        """
        inside = list(self.projects.get(_plain(project), ())) if project else []
        split = [(one, text) for one in inside] if project else list(self._split(text))
        named = self.names.get(_plain(text), [])
        tiers: list[Iterable[str]] = [
            [f"{one}.{rest}" for one, rest in split if f"{one}.{rest}" in self.keys],
            [key for one, rest in split for key in self.names.get(_plain(rest), ())
             if key.startswith(f"{one}.")],
        ]  # fmt: skip
        if not project:
            exact = [text] if text in self.keys else []
            tiers = [exact, tiers[0], self.bare.get(text, []), tiers[1], named]
        ids = 1 if project else 3  # so many tiers are about ids, the rest about names
        for number, tier in enumerate(tiers):
            found = tuple(dict.fromkeys(tier))
            if len(found) == 1:
                return End(found[0], is_by_name=number >= ids)
            if found:
                return End(several=found)
        return End(hint=self._nearest(text, inside))

    def _split(self, text: str) -> Iterable[tuple[str, str]]:
        """Yield project and rest for each place where a project's name may end."""
        for place, letter in enumerate(text):
            if letter in ".:/":
                for one in self.projects.get(_plain(text[:place]), ()):
                    yield one, text[place + 1 :].strip()

    def _nearest(self, text: str, inside: Iterable[str]) -> str:
        if len(self.keys) > _MOST_COMPARED:
            return ""
        wanted = [f"{one}.{text}" for one in inside] or [text]
        near = get_close_matches(wanted[0], sorted(self.keys), n=1, cutoff=0.7)
        return near[0] if near else ""


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
