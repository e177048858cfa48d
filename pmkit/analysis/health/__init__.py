"""Schedule health: whether a plan can be trusted as a model of the work, rule by rule."""

from pmkit.analysis.health.check_health import check_health
from pmkit.analysis.health.health import Check, Health

__all__ = ["Check", "Health", "check_health"]
