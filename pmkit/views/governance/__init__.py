"""Who must be won, and what each option at a gate is made of, drawn."""

from pmkit.views.governance.gate import gate_chart
from pmkit.views.governance.stakeholders import stakeholder_chart

__all__ = ["gate_chart", "stakeholder_chart"]
