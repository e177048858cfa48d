"""How far a long simulation is, and a way out of it."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

from pmkit.widgets.look import row, shown


class ProgressRow:
    """A bar with words, and a button that stops the simulation.

    Parameters
    ----------
    on_cancel
        Called when the button is pressed.
    name, doing, stop
        What it is a bar of, what it says, and what the button says.
    """

    def __init__(
        self,
        on_cancel: Callable[[], object],
        *,
        name: str = "Simulation",
        doing: str = "Simulating",
        stop: str = "Stop the simulation",
    ) -> None:
        self._percent = -1
        self._name, self._doing = name, doing
        self.bar = widgets.HTML()
        self.cancel = widgets.Button(description=stop)
        self.box = row(self.bar, self.cancel)
        self.cancel.on_click(lambda _: on_cancel())
        self.hide()

    def show(self, share: float) -> None:
        """Show how much is done, 0 to 1."""
        percent = int(100 * min(max(share, 0.0), 1.0))
        if percent != self._percent:
            self._percent = percent
            self.bar.value = (
                f"<progress max='100' value='{percent}' aria-label='{self._name}'></progress> "
                f"{self._doing}: {percent} %"
            )
        shown(self.box, True)

    def hide(self) -> None:
        """Take the bar away."""
        self._percent = -1
        shown(self.box, False)
