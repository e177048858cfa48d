"""Learn and decide on project and program management, on one live model.

Everything public hangs here and loads when first used, so that ``import pmkit`` stays cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pmkit.analysis.scheduling.schedule import Schedule as Schedule
    from pmkit.analysis.scheduling.schedule import critical_path as critical_path

__version__ = "0.1.0"

_HOMES = {
    "pmkit.model.activity": "Activity Assignment ConstraintKind Distribution ThreePoint",
    "pmkit.model.calendar": "Calendar",
    "pmkit.model.dependency": "Dependency DependencyKind LagUnit",
    "pmkit.model.errors": "Cancelled InfeasibleError PlanError PmkitError Problem",
    "pmkit.model.program": "Program",
    "pmkit.model.project": "Project",
    "pmkit.model.resource": "Resource",
    "pmkit.model.risk": "RiskEvent",
    "pmkit.model.baseline": "Baseline",
    "pmkit.model.benefit": "Benefit Outcome",
    "pmkit.model.change": "Change",
    "pmkit.model.change_request": "ChangeRequest",
    "pmkit.model.choosing": "Group PeopleDays",
    "pmkit.model.control": "Control",
    "pmkit.model.decision": "Chance Choice",
    "pmkit.model.governance": "Authority Gate Governance LoggedDecision Stakeholder",
    "pmkit.model.issue": "Issue",
    "pmkit.model.scenario": "Scenario",
    "pmkit.model.settings": "ProjectInfo Settings StatusPoint",
    "pmkit.model.strategy": "Objective Strategy",
    "pmkit.model.tolerance": "Tolerance",
    "pmkit.analysis.scheduling.baseline": "set_baseline",
    "pmkit.analysis.earning.earned_value": "EarnedValue earned_value",
    "pmkit.analysis.scheduling.schedule": "Schedule critical_path",
    "pmkit.analysis.simulating.convergence": "Convergence",
    "pmkit.analysis.simulating.simulation": "Simulation simulate",
    "pmkit.analysis.aligning.alignment": "Alignment align",
    "pmkit.analysis.aligning.benefit_map": "BenefitMap map_benefits",
    "pmkit.analysis.aligning.conflicts": "Conflicts conflicts",
    "pmkit.analysis.aligning.pairwise": "PairwiseWeights weigh",
    "pmkit.analysis.aligning.swing": "SwingWeights swing_weights",
    "pmkit.analysis.compare": "Comparison compare",
    "pmkit.analysis.control.change_requests": "ask_change assess_change decide_change",
    "pmkit.analysis.control.exceptions": "ExceptionReport exception_report",
    "pmkit.analysis.control.issues": "close_issue raise_issue revise_issue",
    "pmkit.analysis.control.logs": "change_log issue_log",
    "pmkit.analysis.control.settling": "settle_exception",
    "pmkit.analysis.control.tolerance_check": "ToleranceCheck check_tolerances",
    "pmkit.analysis.control.tolerance_setting": "remove_tolerance set_tolerance",
    "pmkit.analysis.crashing": "CrashPlan crash",
    "pmkit.analysis.cutting.cutting": "cut",
    "pmkit.analysis.cutting.effects": "Effects effects",
    "pmkit.analysis.cutting.funding_cut": "FundingCut",
    "pmkit.analysis.cutting.release": "Release release",
    "pmkit.analysis.deciding.decide": "DecisionAnalysis decide",
    "pmkit.analysis.funding.fund": "fund",
    "pmkit.analysis.funding.funding": "Funding",
    "pmkit.analysis.gating.decision_log": "DecisionLog decision_log",
    "pmkit.analysis.gating.gate_review": "GateReview review_gate",
    "pmkit.analysis.gating.taking": "take_decision",
    "pmkit.analysis.governing.authority": "Decider who_decides",
    "pmkit.analysis.governing.decisions_needed": "decisions_needed",
    "pmkit.analysis.governing.escalation": "Escalation escalate",
    "pmkit.analysis.governing.program_status": "ProgramStatus program_status",
    "pmkit.analysis.governing.since_last": "ProgramChanges changes_since",
    "pmkit.analysis.health": "Health check_health",
    "pmkit.analysis.risking": "RiskAssessment assess_risks",
    "pmkit.analysis.moving.movement": "Movement what_moved",
    "pmkit.analysis.portfolio.cut": "PortfolioCut cut_portfolio",
    "pmkit.analysis.portfolio.proxy": "with_proxy",
    "pmkit.analysis.portfolio.remaining_cost": "RemainingCost remaining_cost",
    "pmkit.analysis.resourcing.levelling": "LevelledSchedule level",
    "pmkit.analysis.resourcing.team": "Team assemble_team",
    "pmkit.analysis.resourcing.usage": "ResourceUsage resource_usage",
    "pmkit.analysis.telling.communication": "CommunicationPlan communication_plan",
    "pmkit.analysis.telling.exception_bridge": "ExceptionTranslation translate_exception",
    "pmkit.analysis.telling.strategy_bridge": "StrategyTranslation translate_strategy",
    "pmkit.analysis.together.decision_calendar": "DecisionCalendar decision_calendar",
    "pmkit.analysis.together.interfaces": "Interfaces interfaces",
    "pmkit.analysis.together.moved_program": "MovedProgram move_program",
    "pmkit.analysis.together.moves": "Delay Pause",
    "pmkit.analysis.together.pooling": "Pool pool_costs",
    "pmkit.analysis.together.program_simulation": "ProgramSimulation simulate_program",
    "pmkit.analysis.together.shared_people": "SharedPeople shared_people",
    "pmkit.analysis.together.propagation": "Propagation propagate",
    "pmkit.analysis.valuing.benefit_plan": "plan_benefits",
    "pmkit.analysis.valuing.cash_flows": "money_over_time",
    "pmkit.analysis.valuing.discounting": "discount_factor present_value real_rate",
    "pmkit.analysis.valuing.money_over_time": "MoneyOverTime",
    "pmkit.analysis.valuing.payback": "discounted_payback payback",
    "pmkit.analysis.valuing.realisation": "BenefitPlan",
    "pmkit.files": "read write template inspect",
    "pmkit.files.portfolio": "read_portfolio",
    "pmkit.files.portfolio_report": "Portfolio",
    "pmkit.files.program_report": "program_report",
    "pmkit.reports": "report",
    "pmkit.data": "sample",
    "pmkit.learning.lesson": "Lesson lesson lessons",
    "pmkit.views.alignment": "alignment_chart",
    "pmkit.views.benefit_map": "benefit_map_chart",
    "pmkit.views.benefits": "benefit_profile_chart",
    "pmkit.views.control": "issue_chart tolerance_chart",
    "pmkit.views.cutting": "cut_chart",
    "pmkit.views.decision": "decision_tree_chart flip_chart",
    "pmkit.views.distribution": "cost_chart finish_chart",
    "pmkit.views.drivers": "criticality_chart tornado",
    "pmkit.views.funding": "confidence_chart frontier_chart funding_chart",
    "pmkit.views.gantt": "gantt_chart",
    "pmkit.views.health": "health_chart",
    "pmkit.views.governance": "gate_chart stakeholder_chart",
    "pmkit.views.joint": "joint_chart",
    "pmkit.views.network": "network_chart",
    "pmkit.views.performance": "performance_chart",
    "pmkit.views.program_status": "program_status_chart",
    "pmkit.views.rank_acceptability": "rank_acceptability_chart",
    "pmkit.views.resources": "resource_chart",
    "pmkit.views.risks": "risk_chart risk_matrix_chart",
    "pmkit.views.s_curve": "s_curve_chart",
    "pmkit.views.show": "show",
    "pmkit.views.slips": "slip_chart",
    "pmkit.views.team": "team_chart",
    "pmkit.views.time_cost": "time_cost_chart",
    "pmkit.views.together": "joint_confidence_chart propagation_chart roadmap_chart",
    "pmkit.widgets.control": "ControlPanel",
    "pmkit.widgets.crash": "CrashPanel",
    "pmkit.widgets.decision": "DecisionPanel",
    "pmkit.widgets.funding": "FundingPanel",
    "pmkit.widgets.gate": "GatePanel",
    "pmkit.widgets.health": "HealthPanel",
    "pmkit.widgets.resources": "ResourcePanel",
    "pmkit.widgets.risks": "RiskPanel",
    "pmkit.widgets.roadmap": "RoadmapPanel",
    "pmkit.widgets.status": "StatusPanel",
    "pmkit.widgets.weights": "WeightsPanel",
    "pmkit.widgets.what_if": "WhatIf",
}
_HOME = {name: module for module, names in _HOMES.items() for name in names.split()}
__all__ = sorted(_HOME)  # noqa: PLE0605  (one table names everything public)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'pmkit' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])
