"""A prediction before a cell is run: what the learner expects, and how sure they are."""

from __future__ import annotations

from html import escape
from threading import RLock
from typing import Any

import ipywidgets as widgets

from pmkit.learning.predicting import Prediction
from pmkit.widgets.guarded import Guarded
from pmkit.widgets.look import style_sheet, styled


class PredictPanel(Guarded):
    """Asks for one prediction.

    Parameters
    ----------
    prediction
        What is to be predicted.
    """

    def __init__(self, prediction: Prediction, **kwargs: Any) -> None:
        super().__init__(RLock(), **kwargs)
        self.prediction = prediction
        self.children = [style_sheet(), self.status,
                         widgets.HTML(f"<p>{escape(prediction.question)}</p>")]  # fmt: skip
        styled(self, "panel")

    def __repr__(self) -> str:
        return f"PredictPanel {self.prediction.id}"
