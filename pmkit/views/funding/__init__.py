"""Choices of projects, drawn: what is bought with the money, at every budget, and how surely."""

from pmkit.views.funding.bubbles import funding_chart
from pmkit.views.funding.frontier import frontier_chart
from pmkit.views.funding.sureness import confidence_chart

__all__ = ["confidence_chart", "frontier_chart", "funding_chart"]
