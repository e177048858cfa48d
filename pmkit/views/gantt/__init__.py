"""Gantt chart: when each activity happens, what is critical, how much float there is, what is done.

One chart serves the page and the panel. Its rows are fixed data; starts, finishes and what follows
from them travel as one param, ``state``, so that a chart on the screen redraws by arithmetic in the
browser when the panel sends the state of another schedule.
"""

from pmkit.views.gantt.chart import gantt_chart, live_gantt
from pmkit.views.gantt.live import LiveGantt

__all__ = ["LiveGantt", "gantt_chart", "live_gantt"]
