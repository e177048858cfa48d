"""What the roadmap panel consists of: the roadmap, what slips and pauses, projects, interfaces."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from pmkit.analysis.together.moved_program import MovedProgram
from pmkit.analysis.together.moves import DAYS, MONTHS, WEEKS, Delay, Pause
from pmkit.model.project import Project
from pmkit.views.theme import DARK, LIGHT, titled
from pmkit.views.together import propagation_chart, roadmap_chart
from pmkit.widgets.boxes import MomentBox, NumberBox
from pmkit.widgets.changes_box import ChangesBox
from pmkit.widgets.choices import choice, offer
from pmkit.widgets.figure_cards import FigureCards
from pmkit.widgets.guarded import File
from pmkit.widgets.inputs import DownloadButton, Region, StatusLine
from pmkit.widgets.live_chart import Drawings
from pmkit.widgets.look import card, heading, row, shown, stack, styled
from pmkit.widgets.pick_table import PickTable
from pmkit.widgets.progress import ProgressRow
from pmkit.widgets.roadmap_figures import (
    INTERFACES,
    PROGRAM,
    PROJECTS,
    Sure,
    benefit_html,
    figures,
    interface_caption,
    interface_html,
    interface_rows,
    notes_html,
    project_rows,
    said,
)

_ROADMAP, _PUSHED = 822, 760
_LISTED = {"max_height": "420px", "overflow": "auto"}
_GROWS, _SIDE = "1 1 auto", "1 1 300px"
_WHOLE = "All that has not begun"
_HINT = (
    "<p class='pmkit-muted'>What has not begun does not begin in between; what is under way goes "
    "on. Empty: no pause.</p>"
)


class RoadmapParts:
    """All of the panel below its head.

    Parameters
    ----------
    on_seat
        Called with the id of a project, or nothing for the program manager.
    on_target
        Called with the id of a project or an activity that is picked.
    on_slip
        Called with working days, or ``None``; returns why they are refused, or nothing.
    on_pause
        Called with the name of the box that was typed into; returns why it is refused.
    on_interface
        Called with the id of an interface that is picked.
    on_cancel
        Called by the button that stops the simulation.
    undo, redo, reset, remove
        Called by the way back.
    save
        Returns the workbook to download.
    """

    def __init__(
        self,
        *,
        on_seat: Callable[[str], object],
        on_target: Callable[[str], object],
        on_slip: Callable[[float | None], str],
        on_pause: Callable[[], str],
        on_interface: Callable[[str], object],
        on_cancel: Callable[[], object],
        undo: Callable[[], object],
        redo: Callable[[], object],
        reset: Callable[[], object],
        remove: Callable[[int], object],
        save: Callable[[], File | None],
    ) -> None:
        self._filling, self.dark = False, False
        self._drawn: tuple[object, ...] = ()
        self._pictures = Drawings("Roadmap")
        self._ids: dict[str, list[str]] = {"projects": [], "interfaces": []}
        self._on_slip, self._on_pause = on_slip, on_pause
        self.sentence = styled(StatusLine(), "answer")
        self.seat = styled(widgets.Dropdown(description="Seen from", options=[]), "inline")
        self.seat.observe(self._heard(on_seat), names="value")
        self.figures = FigureCards()
        self.projects = PickTable(
            lambda n: on_target(self._ids["projects"][n]), headings=PROJECTS,
            caption="The projects: what pushes them, what their float takes up, when they finish",
        )  # fmt: skip
        self.interfaces = PickTable(
            lambda n: on_interface(self._ids["interfaces"][n]), headings=INTERFACES, words=[1, 6],
            empty="No project waits for another.",
        )  # fmt: skip
        self._make_moves(on_target)
        self.why, self.notes, self.benefits = (
            styled(widgets.HTML(), name) for name in ("notes", "notes", "figures")
        )
        self.progress = ProgressRow(on_cancel)
        self.changes = ChangesBox(undo, redo, reset, remove)
        self.changes.changes.empty = "Nothing is moved yet: this is the plan as it stands."
        self.save = DownloadButton("Save the changed plan (Excel)", save)
        self.box = self._laid_out()

    def _make_moves(self, on_target: Callable[[str], object]) -> None:
        self.project, self.activity = choice("Project"), choice("What slips")
        self.project.observe(self._heard(on_target), names="value")
        self.activity.observe(self._heard(on_target), names="value")
        self.slip = NumberBox("Slips by (working days)", required=False, placeholder="no slip")
        self.begins = MomentBox("Pause from", required=True)
        self.length = NumberBox("For", required=False, placeholder="no pause")
        self.unit = choice("Unit")
        self.slip.observe(self._slipped, names="value")
        for box in (self.begins, self.length, self.unit):
            box.observe(self._paused, names="value")

    def _laid_out(self) -> Any:
        self._map = styled(widgets.Box([Region(label="Roadmap")]), "framed")
        self._pushed = styled(widgets.Box([Region(label="How far the slip is followed")]), "framed")
        pause = heading("Pause the project")
        pause.layout.margin = "10px 0 0"
        moves = card(
            "What if", self.project, self.activity, self.slip, pause,
            self.begins, styled(widgets.Box([self.length, self.unit]), "halves"),
            widgets.HTML(_HINT),
        )  # fmt: skip
        back = card("What is tried, and the way back", *self.changes.parts, self.notes,
                    row(self.save))  # fmt: skip
        projects = _listed(self.projects)
        self._map.layout.flex = projects.layout.flex = back.layout.flex = _GROWS
        there = stack(styled(widgets.Box([self._map]), "pair"), projects)
        there.layout.flex = "20 1 690px"
        beside = stack(moves, back)
        beside.layout.flex = _SIDE
        first = styled(widgets.Box([there, beside]), "pair")
        self._why = card("The interface that is picked", self.why)
        second = styled(widgets.Box([_listed(self.interfaces), self._why]), "pair")
        lost = styled(widgets.VBox([self.benefits], layout={"flex": _SIDE}), "card")
        third = styled(widgets.Box([self._pushed, lost]), "pair")
        head = styled(widgets.Box([self.sentence, self.seat]), "head")
        return stack(head, self.progress.box, self.figures, first, second, third)

    @property
    def typed(self) -> tuple[Any, ...]:
        """What may refuse what is typed."""
        return self.slip, self.begins, self.length

    def show(
        self, found: MovedProgram, seat: str, target: tuple[str, str], pause_as: tuple[str, str],
        picked: str,
    ) -> None:  # fmt: skip
        """Show a program with what is tried.

        Parameters
        ----------
        found
            The program.
        seat
            From which it is seen.
        target
            Project and activity that are picked.
        pause_as
            Beginning and unit of the pause of that project, in which there is none yet.
        picked
            Id of an interface.
        """
        self.sentence.text = said(found, seat)
        self.benefits.value = benefit_html(found)
        self.notes.value = notes_html(found.notes)
        shown(self.notes, bool(found.notes))
        self._ids["interfaces"], rows = interface_rows(found, seat)
        with self.interfaces.hold_sync():
            self.interfaces.caption = interface_caption(found, seat)
            self.interfaces.rows = rows
            known = self._ids["interfaces"]
            self.interfaces.picked = known.index(picked) if picked in known else -1
        shown(self._why, picked in known)
        self.why.value = interface_html(found, picked) if picked in known else ""
        self._filling = True
        try:
            ids = [one.id for one in found.projects[:-1]]
            offer(self.seat, [(PROGRAM, ""), *((f"The manager of {id_}", id_) for id_ in ids)])
            self.seat.value = seat
            self._fill(found, target, pause_as, ids)
        finally:
            self._filling = False

    def show_sure(
        self, found: MovedProgram, seat: str, sure: Sure, trials: int, *, waits: bool
    ) -> None:  # fmt: skip
        """Show what needs the simulations, which may be still to come."""
        self.figures.show(figures(found, seat, sure, trials, waits=waits))
        self._ids["projects"], rows = project_rows(found, sure)
        headings = PROJECTS if trials else PROJECTS[:-1]
        with self.projects.hold_sync():
            self.projects.headings = headings
            self.projects.rows = [one[: len(headings)] for one in rows]
            known = self._ids["projects"]
            here = self.project.value
            self.projects.picked = known.index(here) if here in known else -1

    def _fill(
        self, found: MovedProgram, target: tuple[str, str], pause_as: tuple[str, str],
        ids: list[str],
    ) -> None:  # fmt: skip
        project, activity = target
        offer(self.project, [(titled(id_, found.program.member(id_).name), id_) for id_ in ids])
        self.project.value = project
        owner = next(one for one in found.program.projects if one.id == project)
        # the whole project stands under its own id, so that a choice names one thing only
        offer(self.activity, [(_WHOLE, project), *_still_to_do(owner)])
        self.activity.value = activity or project
        slip = [one for one in found.moves
                if isinstance(one, Delay) and (one.project, one.activity) == target]  # fmt: skip
        self.slip.value = slip[0].days if slip else None
        rest = [one for one in found.moves if isinstance(one, Pause) and one.project == project]
        dated = found.before.schedule.is_dated
        self.begins.dated = dated
        self.begins.hint = "" if dated else "Working days after the start of the plan"
        units = (WEEKS, MONTHS) if dated else (DAYS,)
        offer(self.unit, [(unit.capitalize(), unit) for unit in units])
        begins, unit = pause_as
        if rest:
            begins, unit = MomentBox.text(rest[0].begins), rest[0].unit
        self.begins.value, self.unit.value = begins, unit
        self.length.value = rest[0].length if rest else None
        for box in self.typed:
            box.error = box.refusal = ""

    def draw(self, found: MovedProgram, target: tuple[str, str]) -> None:
        """Draw the roadmap, and the slip of the activity that is picked."""
        key: tuple[object, ...] = (id(found), target, self.dark)
        if key == self._drawn:
            return
        self._drawn = key
        theme = DARK if self.dark else LIGHT
        before = found.before.schedule if found.moves else None
        chart = roadmap_chart(found.after, before, width=_ROADMAP, theme=theme)
        made = {"map": (self._map, chart)}
        slip = [one for one in found.moves
                if target[1] and isinstance(one, Delay) and one.activity == target[1]]  # fmt: skip
        shown(self._pushed, bool(slip))
        if slip:
            chart = propagation_chart(found.propagation(slip[0]), width=_PUSHED, theme=theme)
            made["pushed"] = (self._pushed, chart)
        self._pictures.draw(made)

    def _heard(self, act: Callable[[str], object]) -> Callable[[Any], None]:
        def heard(change: dict[str, Any]) -> None:
            if not self._filling and change["new"] is not None:
                act(change["new"])

        return heard

    def _slipped(self, change: dict[str, Any]) -> None:
        if not self._filling:
            self.slip.error = self._on_slip(change["new"])

    def _paused(self, _change: object) -> None:
        if not self._filling:
            refused = self._on_pause()
            self.length.error, self.begins.error = refused, ""


def _still_to_do(project: Project) -> list[tuple[str, str]]:
    return [
        (titled(one.id, one.name), f"{project.id}.{one.id}")
        for one in project.activities
        if not one.is_complete and not one.type.is_span
    ]


def _listed(table: Any) -> Any:
    scrolled = widgets.Box([table], layout=_LISTED)
    return styled(widgets.VBox([scrolled], layout={"flex": "2 1 690px"}), "card")
