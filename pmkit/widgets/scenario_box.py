"""The changes made so far, a way back, and the scenarios kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import ipywidgets as widgets

from pmkit.widgets.changes_box import ChangesBox
from pmkit.widgets.history import History
from pmkit.widgets.inputs import DownloadButton, ItemList, UploadButton
from pmkit.widgets.look import heading, row, stacked, styled


@dataclass(frozen=True)
class ScenarioActions:
    """What the panel does when something here is pressed."""

    undo: Callable[[], object]
    redo: Callable[[], object]
    reset: Callable[[], object]
    remove_change: Callable[[int], object]
    keep: Callable[[], object]
    open_kept: Callable[[str], object]
    remove_kept: Callable[[str], object]
    save: Callable[[], tuple[str, str, bytes] | None]
    load: Callable[[Mapping[str, bytes]], object]
    refuse: Callable[[str], object]


class ScenarioBox:
    """Lists and buttons for changes and scenarios."""

    def __init__(self, actions: ScenarioActions) -> None:
        self._actions = actions
        self._kept: tuple[str, ...] = ()
        done = ChangesBox(actions.undo, actions.redo, actions.reset, actions.remove_change)
        self._done = done
        self.changes, self.undo, self.redo, self.reset = (
            done.changes, done.undo, done.redo, done.reset,
        )  # fmt: skip
        self.name = stacked(
            widgets.Text(
                description="Name of the scenario", value="What if", continuous_update=False
            )
        )
        self.keep = styled(widgets.Button(description="Keep"), "main")
        self.kept = ItemList(
            self._on_kept,
            actions=["Open", "Remove"],
            empty="No scenario kept yet. A kept one stays beside the plan.",
        )
        self.save = DownloadButton("Save as json", actions.save)
        self.load = UploadButton("Load json", actions.load, actions.refuse, accept=".json")
        self.box = styled(
            widgets.VBox(
                [
                    heading("Changes being tried"),
                    *done.parts,
                    row(self.name, self.keep),
                    heading("Scenarios kept"),
                    self.kept,
                    row(self.save, self.load),
                ]
            ),
            "card",
        )
        self.keep.on_click(lambda _: actions.keep())

    def show(self, history: History) -> None:
        """List what the present session holds."""
        session = history.present
        if session.plan is None:
            return
        self._done.show(history)
        self._kept = tuple(scenario.name for scenario in session.kept)
        self.kept.items = [
            f"{scenario.name} ({len(scenario.changes)} "
            f"change{'s' if len(scenario.changes) != 1 else ''})"
            for scenario in session.kept
        ]
        for button, useful in (
            (self.keep, bool(session.changes) and not session.kept_as()),
            (self.save, bool(session.changes or session.kept)),
        ):
            button.disabled = not useful

    def _on_kept(self, action: str, position: int) -> None:
        act = self._actions.open_kept if action == "Open" else self._actions.remove_kept
        act(self._kept[position])
