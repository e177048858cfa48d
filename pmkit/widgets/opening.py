"""Opening a plan: the first screen, and the head of the panel once a plan is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

import ipywidgets as widgets

from pmkit.files.tools.kinds import ENDINGS, READABLE, listed
from pmkit.model.program import Plan, Program
from pmkit.model.project import Project
from pmkit.views.theme import day_text
from pmkit.widgets import files
from pmkit.widgets.inputs import DownloadButton, UploadButton
from pmkit.widgets.look import row, shown, styled


class Opening:
    """Title, upload and notes.

    Parameters
    ----------
    question, welcome
        The title of the first screen, and what the panel is for.
    on_files
        Called with the uploaded files, content by name.
    on_refused
        Called with a sentence when the browser cannot send them.
    on_sample
        Called when the sample is asked for.
    """

    def __init__(
        self,
        question: str,
        welcome: str,
        on_files: Callable[[Mapping[str, bytes]], object],
        on_refused: Callable[[str], object],
        on_sample: Callable[[], object],
    ) -> None:
        self._question, self._welcome = question, welcome
        self.title = widgets.HTML()
        self.upload = UploadButton(
            "Open a plan",
            on_files,
            on_refused,
            accept=",".join(READABLE),
            multiple=True,
            hint=f"{listed()}; the several csv files of one plan together",
        )
        self.sample = widgets.Button(description="Open the sample")
        self.notes = styled(widgets.HTML(), "notes")
        self.template = DownloadButton("Get a template", files.template)
        buttons = row(self.upload, self.sample, self.template)
        self.head = styled(widgets.Box([self.title, buttons]), "head")
        self.sample.on_click(lambda _: on_sample())

    def show(self, plan: Plan | None, notes: tuple[str, ...] = ()) -> None:
        """Tell which plan is open, what of it is not honoured, and what had to be inferred."""
        shown(self.notes, plan is not None)
        shown(self.template, plan is None)
        (self.head.remove_class if plan else self.head.add_class)("pmkit-first")
        if plan is None:
            self.title.value = (
                f"<h2>{escape(self._question)}</h2><p>{escape(self._welcome)} "
                "The file itself is never changed.</p>"
                "<p class='pmkit-muted'>A plan is an Excel workbook, a csv file (or the several "
                "csv files of one plan, chosen together), json, or a file of Microsoft Project or "
                f"Primavera ({listed(ENDINGS)}). Common headings such as "
                "<i>Task Name</i>, <i>Duration</i> and <i>Predecessors</i> are recognised.</p>"
            )
            return
        counts = _counts(plan)
        self.title.value = (
            f"<h2>{escape(_called(plan))}</h2>"
            f"<p class='pmkit-muted'>{escape(', '.join(counts))}</p>"
        )
        self.notes.value = _notes((*plan.notes, *notes))
        shown(self.notes, bool(self.notes.value))


def _counts(plan: Plan) -> list[str]:
    """What is in the plan; a program may hold nothing but candidates."""
    counts = []
    if isinstance(plan, Program):
        counts = [_count(len(plan.members), "project", "projects")]
        if plan.candidates:
            counts.append(f"{len(plan.candidates):,} without activities")
        if not plan.projects:
            return counts
    network = plan.network
    counts.append(_count(len(network.activities), "activity", "activities"))
    counts.append(_count(len(network.dependencies), "dependency", "dependencies"))
    if network.risks:
        counts.append(_count(len(network.risks), "risk", "risks"))
    if network.settings.start is not None:
        counts.append(f"starts {day_text(network.settings.start)}")
    return counts


def _called(plan: Plan) -> str:
    """The name; of one project of a program, its own as well."""
    own = plan.id if isinstance(plan, Project) else ""
    if not own or own == plan.name:
        return plan.name or "Plan without a name"
    return f"{own} ({plan.name})" if plan.name else own


def _notes(notes: tuple[str, ...]) -> str:
    if not notes:
        return ""
    items = "".join(f"<li>{escape(note)}</li>" for note in notes)
    label = _count(len(notes), "note", "notes")
    return f"<details><summary>How the plan was read: {label}</summary><ul>{items}</ul></details>"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
