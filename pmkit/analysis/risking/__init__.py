"""The risk register in numbers: what each risk and each response moves, by simulation."""

from pmkit.analysis.risking.assess import assess_risks
from pmkit.analysis.risking.risk_assessment import RiskAssessment

__all__ = ["RiskAssessment", "assess_risks"]
