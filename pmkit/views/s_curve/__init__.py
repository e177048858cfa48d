"""S-curve: what was planned, earned and spent by when, and where that leads."""

from pmkit.views.s_curve.chart import s_curve_chart

__all__ = ["s_curve_chart"]
