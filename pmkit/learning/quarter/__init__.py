"""A scripted quarter, played from one seat and then from the other."""

from pmkit.learning.quarter.play import QuarterPlay, play_quarter
from pmkit.learning.quarter.script import Quarter

__all__ = ["Quarter", "QuarterPlay", "play_quarter"]
