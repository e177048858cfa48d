"""Resource histogram: what is in use, what there is, before and after levelling."""

from pmkit.views.resources.chart import resource_chart

__all__ = ["resource_chart"]
