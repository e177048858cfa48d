"""Risks drawn: the matrix before and after responses, and what moves the finish."""

from pmkit.views.risks.matrix import risk_matrix_chart
from pmkit.views.risks.swing import risk_chart

__all__ = ["risk_chart", "risk_matrix_chart"]
