"""Opening a plan: the first screen, and the head of the panel once a plan is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import ipywidgets as widgets

from pmkit.model.program import Plan, Program
from pmkit.views.theme import day_text
from pmkit.widgets.look import shown, styled

_ACCEPTED = ".xlsx,.csv,.json,.mpp,.mpx,.xml,.xer"
_PROGRESS = "The plan holds progress (percentages or actual dates). Progress is not used yet."
_SHORT = 3


class Opening:
    """Title, upload and notes.

    Parameters
    ----------
    on_files
        Called with the uploaded files, content by name.
    on_sample
        Called when the sample is asked for.
    """

    def __init__(
        self, on_files: Callable[[Mapping[str, bytes]], None], on_sample: Callable[[], None]
    ) -> None:
        self._on_files = on_files
        self.title = widgets.HTML()
        self.upload = widgets.FileUpload(
            accept=_ACCEPTED, multiple=True, description="Open a plan", icon=""
        )
        self.sample = widgets.Button(description="Open the sample")
        self.notes = styled(widgets.HTML(), "notes")
        self.head = styled(widgets.Box([self.title, self.upload, self.sample]), "head")
        self.upload.observe(self._uploaded, names="value")
        self.sample.on_click(lambda _: on_sample())

    def _uploaded(self, change: dict[str, Any]) -> None:
        if change["new"]:
            uploaded = {item["name"]: bytes(item["content"]) for item in change["new"]}
            self.upload.value = ()  # the same file can be opened again
            self._on_files(uploaded)

    def show(self, plan: Plan | None) -> None:
        """Tell which plan is open, and what of it is not honoured."""
        shown(self.notes, plan is not None)
        if plan is None:
            self.title.value = (
                "<h2>What if?</h2><p>Open a plan, change it, and see what that does to its finish "
                "and how sure the date is. The file itself is never changed.</p>"
                "<p class='pmkit-muted'>A plan is an Excel workbook, a csv file (or the several "
                "csv files of one plan, chosen together), or json. Common headings such as "
                "<i>Task Name</i>, <i>Duration</i> and <i>Predecessors</i> are recognised.</p>"
            )
            return
        network = plan.network
        counts = [_count(len(network.activities), "activity", "activities")]
        if isinstance(plan, Program):
            counts.insert(0, _count(len(plan.projects), "project", "projects"))
        counts.append(_count(len(network.dependencies), "dependency", "dependencies"))
        if network.risks:
            counts.append(_count(len(network.risks), "risk", "risks"))
        if network.settings.start is not None:
            counts.append(f"starts {day_text(network.settings.start)}")
        self.title.value = (
            f"<h2>{escape(plan.name or 'Plan without a name')}</h2>"
            f"<p class='pmkit-muted'>{escape(', '.join(counts))}</p>"
        )
        self.notes.value = _notes(plan)
        shown(self.notes, bool(self.notes.value))


def _notes(plan: Plan) -> str:
    notes = list(plan.notes)
    if any(a.has_progress for a in plan.network.activities) and not any(
        "progress" in note.casefold() for note in notes
    ):
        notes.append(_PROGRESS)
    if not notes:
        return ""
    notes.sort(key=lambda note: "progress" not in note.casefold())
    first, rest = notes[:_SHORT], notes[_SHORT:]
    text = f"<ul>{''.join(f'<li>{escape(note)}</li>' for note in first)}</ul>"
    if rest:
        more = "".join(f"<li>{escape(note)}</li>" for note in rest)
        label = _count(len(rest), "more note", "more notes")
        text += f"<details><summary>{label}</summary><ul>{more}</ul></details>"
    return f"<p><b>About this plan</b></p>{text}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
