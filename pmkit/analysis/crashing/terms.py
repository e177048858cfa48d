"""What a contract makes of the finish: money that depends on the day, whatever is crashed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class Terms:
    """Money per working day.

    Attributes
    ----------
    indirect_cost
        For each day until the finish.
    due
        Working days; ``None`` where nothing is due.
    bonus, penalty
        For each day before and after what is due; nothing where nothing is due.
    """

    indirect_cost: float = 0.0
    due: float | None = None
    bonus: float = 0.0
    penalty: float = 0.0

    @property
    def is_nothing(self) -> bool:
        """Whether the finish brings and costs nothing by itself."""
        return not self.indirect_cost and (self.due is None or not (self.bonus or self.penalty))

    def parts(self, finish: Any) -> tuple[Any, Any, Any]:
        """Indirect cost, bonus and penalty of finishes in working days, any shape."""
        finish = np.asarray(finish, dtype=np.float64)
        early = np.zeros_like(finish) if self.due is None else self.due - finish
        return (
            self.indirect_cost * finish,
            self.bonus * np.maximum(early, 0.0),
            self.penalty * np.maximum(-early, 0.0),
        )

    def total(self, finish: Any, cost: Any) -> Any:
        """Direct cost with all terms, same shape as the finishes."""
        indirect, bonus, penalty = self.parts(finish)
        return np.asarray(cost) + indirect - bonus + penalty
