"""Time against cost: what each earlier finish costs, and where the total is lowest."""

from pmkit.views.time_cost.chart import LiveTimeCost, live_time_cost, time_cost_chart

__all__ = ["LiveTimeCost", "live_time_cost", "time_cost_chart"]
