"""How a feedback page speaks: to who has a teacher, or to who learns alone and may try again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Voice:
    """What a page says beside marks and mistakes.

    Attributes
    ----------
    waits
        Of an answer that waits, by its state.
    who_looks
        Who looks at questions that wait; ``{}`` is their names.
    tells_right
        Whether right answers are told.
    shows_rubric
        Whether a text that was written is shown beside what must be in it.
    """

    waits: Mapping[str, str]
    who_looks: str
    tells_right: bool
    shows_rubric: bool


TAUGHT = Voice(
    {
        "held": "Your teacher looks at this answer first.",
        "to read": "Your teacher reads this answer; its points are not in yet.",
        "untouched": "Nothing was written here. Your teacher looks at it before there are points.",
    },
    "your teacher looks at {}",
    tells_right=True,
    shows_rubric=False,
)
ALONE = Voice(
    {
        "to read": "Compare your text with these rows, and give yourself their points.",
        "untouched": "Nothing is written yet.",
    },
    "{} is for you to judge",
    tells_right=False,
    shows_rubric=True,
)
WITH_ANSWERS = replace(ALONE, tells_right=True)
