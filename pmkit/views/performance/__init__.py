"""Performance over time: indices to date, single periods, and what is out of the usual."""

from pmkit.views.performance.chart import performance_chart

__all__ = ["performance_chart"]
