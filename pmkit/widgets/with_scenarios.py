"""A panel that keeps what was tried: named scenarios beside the plan, saved and loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pmkit.model.errors import PlanError
from pmkit.widgets import files
from pmkit.widgets.panel import Panel
from pmkit.widgets.scenario_box import ScenarioActions

WHAT_IF = "What if"


class WithScenarios(Panel):
    """A panel with scenarios; `name` is the box in which the next one gets its name."""

    name: Any

    def keep_scenario(self, name: str | None = None) -> None:
        """Keep the changes under a name, by default the one in the box.

        Raises
        ------
        PlanError
            If nothing is changed, or the name is empty or taken.
        """
        session = self._history.present.with_kept(self.name.value if name is None else name)
        self._record(session, f"Kept {session.kept[-1].name!r}. Further changes build on it.")
        self.name.value = session.free_name(WHAT_IF)

    def open_scenario(self, name: str) -> None:
        """Try the changes of a kept scenario again."""
        session = self._history.present
        found = next((s for s in session.kept if s.name == name), None)
        if found is None:
            raise PlanError(f"scenario {name!r}: must be one of the kept ones, got another name")
        self._record(replace(session, changes=found.changes), f"Trying {name!r}.")

    def remove_scenario(self, name: str) -> None:
        """Drop a kept scenario."""
        self._record(
            self._history.present.without_kept(name),
            f"Removed the scenario {name!r}. Undo brings it back.",
        )

    def to_json(self) -> str:
        """Return scenarios and changes as json text."""
        return files.to_json(self._history.present)

    def from_json(self, text: str) -> None:
        """Take scenarios and changes from a json text, in place of those here.

        Raises
        ------
        PlanError
            If it is no such text, or does not fit the plan; nothing is changed then.
        """
        self._record(files.from_json(text, self._history.present))

    # What happens behind it

    def _actions(self) -> ScenarioActions:
        return ScenarioActions(
            undo=lambda: self._guarded(self.undo),
            redo=lambda: self._guarded(self.redo),
            reset=lambda: self._guarded(self.reset),
            remove_change=lambda n: self._guarded(lambda: self.remove_change(n)),
            keep=lambda: self._guarded(self.keep_scenario),
            open_kept=lambda name: self._guarded(lambda: self.open_scenario(name)),
            remove_kept=lambda name: self._guarded(lambda: self.remove_scenario(name)),
            save=lambda: ("scenarios.json", "application/json", self.to_json().encode()),
            load=lambda sent: self._guarded(lambda: self._load_scenarios(sent)),
            refuse=self._refuse,
        )

    def _load_scenarios(self, sent: Mapping[str, bytes]) -> None:
        self.from_json(b"".join(sent.values()).decode("utf-8", "replace"))
        count = len(self._history.present.kept)
        self.status.say(f"Loaded {count} scenario{'s' if count != 1 else ''}.")
