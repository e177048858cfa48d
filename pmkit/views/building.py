"""Building a chart without a look at each part, which takes as long as the building itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Built = TypeVar("_Built")
_ONE_AT_A_TIME = RLock()
"""The switch is Altair's, one for the process: of two threads, the last would leave it off."""


def built(build: Callable[_Given, _Built]) -> Callable[_Given, _Built]:
    """Build a chart without having each part of it checked against the grammar.

    Altair checks whatever is put into a chart, so that who types one hears of a mistake where it
    was made. Ours are checked whole, in the tests. Charts of the user are checked as before.

    Parameters
    ----------
    build
        Returns a chart.

    Examples
    --------
    >>> import altair as alt
    >>> built(lambda: alt.Axis(labelLimit="none"))().to_dict(validate=False)
    {'labelLimit': 'none'}
    """

    @wraps(build)
    def unchecked(*args: _Given.args, **named: _Given.kwargs) -> _Built:
        from altair.utils.schemapi import debug_mode

        with _ONE_AT_A_TIME, debug_mode(False):
            return build(*args, **named)

    return unchecked
