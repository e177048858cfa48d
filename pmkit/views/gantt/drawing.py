"""What the layers need to know beside the data: sizes, and what there is to draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pmkit.views.theme import Theme


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
    has_own_rows: bool
    has_negative_float: bool
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
    def bar(self) -> tuple[float, float]:
        """Top and bottom of a bar, as shares of its row."""
        return (0.12, 0.66) if self.has_baseline else (0.16, 0.84)

    @property
    def middle(self) -> float:
        """Height of the stripe, as a share of the row."""
        return sum(self.bar) / 2

    @property
    def thickness(self) -> float:
        """Pixels of a bar."""
        return (self.bar[1] - self.bar[0]) * self.row_height
