"""Decisions drawn: the tree with what each branch is worth, and where the choice flips."""

from pmkit.views.decision.flips import flip_chart
from pmkit.views.decision.tree import decision_tree_chart

__all__ = ["decision_tree_chart", "flip_chart"]
