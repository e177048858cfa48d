"""Control drawn: how much of each tolerance is used, and which issues wait for whom."""

from pmkit.views.control.issues import issue_chart
from pmkit.views.control.tolerances import tolerance_chart

__all__ = ["issue_chart", "tolerance_chart"]
