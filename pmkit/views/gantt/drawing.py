"""What the layers need to know beside the data: sizes, and what there is to draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pmkit.views.theme import Theme

BASELINE = (0.74, 0.92)
"""Top and bottom of a baseline's bar, as shares of its row."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the layers need to know beside the data."""

    theme: Theme
    is_dated: bool
    width: int
    row_count: int
    has_baseline: bool
    baseline_name: str
    has_summaries: bool
    has_milestones: bool
    has_efforts: bool
    has_own_rows: bool
    has_negative_float: bool
    has_progress: bool
    progress_rows: list[tuple[int, int]]
    """Item and row of the activities that the progress line passes; none: no such line."""
    status: Any
    today: Any
    today_name: str
    bands: list[dict[str, int]]
    arrows: list[dict[str, Any]]
    label_width: int

    @property
    def row_height(self) -> int:
        """Pixels per row: generous on small plans, legible on large ones."""
        height = next(
            h for most, h in ((15, 26), (60, 20), (200, 17), (10**9, 15)) if self.row_count <= most
        )
        return max(height, 18) if self.has_baseline else height

    @property
    def height(self) -> int:
        """Pixels of the plot."""
        return self.row_count * self.row_height

    @property
    def has_axis_at_foot(self) -> bool:
        """Whether the chart is so tall that dates stand at its foot too."""
        return self.row_count > 30

    @property
    def bar(self) -> tuple[float, float]:
        """Top and bottom of a bar, as shares of its row."""
        return (0.12, 0.66) if self.has_baseline else (0.16, 0.84)

    @property
    def middle(self) -> float:
        """Height of the stripe, as a share of the row."""
        return sum(self.bar) / 2

    @property
    def measured(self) -> float:
        """Height at which progress is measured: on the baseline's bar, else on the bar."""
        return sum(BASELINE) / 2 if self.has_baseline else self.middle

    @property
    def thickness(self) -> float:
        """Pixels of a bar."""
        return (self.bar[1] - self.bar[0]) * self.row_height
