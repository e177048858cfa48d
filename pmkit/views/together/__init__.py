"""Projects that work together, as pictures."""

from pmkit.views.together.confidence import joint_confidence_chart as joint_confidence_chart
from pmkit.views.together.propagation import propagation_chart as propagation_chart
from pmkit.views.together.roadmap import roadmap_chart as roadmap_chart
