"""The self-portrait by hand: rate each skill, see the picture, and what to learn next."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from threading import RLock
from typing import Any

import ipywidgets as widgets
import traitlets as t

from pmkit.learning.record import record
from pmkit.learning.skills import AIMS, BOTH, LEVELS, Portrait, portrait, skills
from pmkit.model.errors import PlanError
from pmkit.views.theme import DARK, LIGHT
from pmkit.widgets.choices import choice, offer
from pmkit.widgets.guarded import Guarded
from pmkit.widgets.inputs import Region
from pmkit.widgets.live_chart import Drawings
from pmkit.widgets.look import card, row, stack, style_sheet, styled

_WIDTH = 470
_MOST = 5  # lessons that are named
_ASKED = [("not rated", None), *((f"{n} {word}", n) for n, word in LEVELS.items())]
_INVITATION = "Say how well you know each skill. Nobody else sees it."


class SkillPanel(Guarded):
    """Rate the skills of both seats, and see which lessons to take next.

    Parameters
    ----------
    lesson
        The one that it stands in.

    Attributes
    ----------
    result : Portrait
        As rated now.
    ratings
        A list to choose from for each skill, by id.
    aim
        The seat that is aimed at.
    store_button, next_lessons, status
        Stores the portrait; the lessons to take; the line that says what happened.
    """

    result = t.Instance(Portrait)

    def __init__(self, lesson: Any = None, **kw: Any) -> None:
        super().__init__(RLock(), **kw)
        self.lesson = lesson
        self._filling, self._dark = True, False  # until all is there
        self.ratings = {skill.id: self._list(skill.name, _ASKED) for skill in skills()}
        self.aim = self._list("I aim at", [(aim, aim) for aim in AIMS])
        self.aim.value = BOTH
        self.store_button = styled(widgets.Button(description="Store my portrait"), "main")
        self.store_button.on_click(lambda _: self._guarded(self.store))
        self.next_lessons = styled(widgets.HTML(), "table")
        self._drawings = Drawings("Skills")
        self._picture = styled(widgets.Box([Region(label="Portrait")]), "framed")
        self.children = [style_sheet(), widgets.HTML("<h2>Where am I, and what next?</h2>"),
                         self.status, self._laid_out()]  # fmt: skip
        styled(self, "panel")
        self.status.observe(self._on_dark, names="dark")
        self._filling = False
        self._show()
        self.status.say(_INVITATION)
        self._guarded(self._recall)

    def __repr__(self) -> str:
        return f"SkillPanel {len(self.ratings)} skills"

    # What a caller may do

    def rate(self, ratings: Mapping[str, int], aim: str | None = None) -> None:
        """Rate some skills, by id, from 1 to 5; the others stay as they are.

        Raises
        ------
        PlanError
            If there is no such skill, rating or aim.
        """
        told = portrait({**self.result.ratings, **ratings}, aim or self.aim.value)
        self._filling = True
        try:
            self.aim.value = told.aim
            for id_, level in told.ratings.items():
                self.ratings[id_].value = level
        finally:
            self._filling = False
        self._show()

    def store(self) -> None:
        """Store the portrait in the learner's file.

        Raises
        ------
        PlanError
            If nothing is rated yet, or the file cannot be written.
        """
        if not self.result.ratings:
            raise PlanError("portrait: at least one skill must be rated to be stored, got none")
        record().add("skill", "portrait", ratings=dict(self.result.ratings), aim=self.result.aim)
        self.status.say("Stored on this machine. Come back after some lessons and compare.")

    # What happens behind it

    def _list(self, label: str, options: Any) -> Any:
        made = choice(label)
        offer(made, options)
        made.observe(self._on_choice, names="value")
        return made

    def _on_choice(self, _change: object) -> None:
        if not self._filling:
            self._guarded(self._show)

    def _laid_out(self) -> Any:
        boxes = [
            stack(self.ratings[s.id], widgets.HTML(f"<p class='pmkit-muted'>{escape(s.shows)}</p>"))
            for s in skills()
        ]
        asked = card("Rate yourself", styled(widgets.Box(boxes), "halves"),
                     row(self.aim, self.store_button))  # fmt: skip
        first = styled(widgets.Box([asked, self._picture]), "pair")
        return stack(first, card("Take next", self.next_lessons))

    def _recall(self) -> None:
        """Show what was stored last, as far as it still means something."""
        stored = record().events("skill", "portrait")
        if not stored:
            return
        told = stored[-1].facts.get("ratings")
        aim = stored[-1].facts.get("aim")
        pairs = told.items() if isinstance(told, Mapping) else ()
        known = {id_: level for id_, level in pairs if id_ in self.ratings
                 and isinstance(level, int) and level in LEVELS}  # fmt: skip
        if known:
            self.rate(known, aim if aim in AIMS else BOTH)
            self.status.say("This is the portrait that you stored last.")

    def _show(self) -> None:
        given = {id_: box.value for id_, box in self.ratings.items() if box.value is not None}
        self.result = portrait(given, self.aim.value or BOTH)
        theme = DARK if self._dark else LIGHT
        chart = self.result.chart(width=_WIDTH, theme=theme)
        self._drawings.draw({"portrait": (self._picture, chart)})
        self.next_lessons.value = _named(self.result)
        self.status.say(self.result.sentence)

    def _redraw(self, *, dark: bool) -> None:
        self._dark = dark
        said = self.status.text
        self._show()
        self.status.say(said)


def _named(told: Portrait) -> str:
    lessons = told.next_lessons
    if lessons.empty:
        asked = "Rate your skills, and lessons are named here." if not told.ratings else (
            "Nothing is missing for this aim. Take the lessons in order, or aim at both seats."
        )  # fmt: skip
        return f"<p>{asked}</p>"
    rows = "".join(
        f"<tr><th scope='row' class='pmkit-words'>{escape(str(number))} {escape(str(one.title))}"
        f"</th><td>{one.missing}</td><td class='pmkit-words'>{escape(str(one.skills))}</td></tr>"
        for number, one in zip(lessons.index[:_MOST], lessons.itertuples(), strict=False)
    )
    return ("<table><caption>Lessons that help most</caption><thead><tr>"
            "<th scope='col' class='pmkit-words'>Lesson</th><th scope='col'>Levels missing</th>"
            "<th scope='col' class='pmkit-words'>For</th></tr></thead>"
            f"<tbody>{rows}</tbody></table>")  # fmt: skip
