"""Cost against time: what each earlier finish costs, and the cheapest way to it."""

from pmkit.analysis.crashing.crash_plan import CrashPlan
from pmkit.analysis.crashing.crashing import crash

__all__ = ["CrashPlan", "crash"]
