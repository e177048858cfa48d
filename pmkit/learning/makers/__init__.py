"""Numbers behind questions: one module for each lesson, one function for each question.

A table names a function as ``module.function``, such as ``progress.eac_by_cpi``. A maker of a check
is called with a source of chance and the number of the variant: 0 is the question as it is asked,
1 the worked example, 2 and more are of the same kind with other numbers. A maker of a prediction is
called with the program.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from pmkit.model.errors import PlanError

Answer = float | str | tuple[str, ...] | Mapping[str, str]
"""A number, the key of an option, keys in order, or for each key where it belongs."""


@dataclass(frozen=True)
class Made:
    """The numbers of one variant of a question.

    Attributes
    ----------
    answer
        What is right; ``None`` where the table of options says it.
    told
        What is put into the texts of the table, by name: ``{bac}``.
    wrong
        Misconceptions, each with the answer that it leads to on these numbers.
    work
        The way to the answer, a line each: formula, numbers put in, result.
    """

    answer: Answer | None = None
    told: Mapping[str, object] = field(default_factory=dict)
    wrong: Mapping[str, Answer] = field(default_factory=dict)
    work: tuple[str, ...] = ()


def find_maker(name: str) -> Callable[..., Made]:
    """Return the function that a table names.

    Raises
    ------
    PlanError
        If there is none of that name.
    """
    module, _, function = name.partition(".")
    try:
        found: Any = getattr(import_module(f"pmkit.learning.makers.{module}"), function)
    except (ImportError, AttributeError):
        raise PlanError(
            f"maker: must name a function in pmkit/learning/makers, such as "
            f"progress.eac_by_cpi, got {name!r}"
        ) from None
    maker: Callable[..., Made] = found
    return maker
