"""The decision log: quality on what was known, apart from luck."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmkit.analysis.gating.decision_log import MEANINGS, DecisionLog, decision_log
from pmkit.model.errors import PlanError
from pmkit.model.governance import Governance, LoggedDecision
from pmkit.model.program import Program
from pmkit.model.project import Project
from pmkit.model.settings import ProjectInfo, Settings
from tests.wording import exactly


def _log(*told: tuple[float | None, float | None, float | None], **fields: Any) -> DecisionLog:
    """Decisions with what was expected, the best rejected, and what came."""
    decisions = tuple(
        LoggedDecision(f"D{n}", expected=e, best_rejected=b, realised=r, **fields)
        for n, (e, b, r) in enumerate(told, start=1)
    )
    governance = Governance(decisions=decisions)
    settings = Settings(currency="EUR")
    return decision_log(
        Program((), settings=settings, candidates=(ProjectInfo("P"),), governance=governance)
    )


@pytest.mark.parametrize(
    ("expected", "rejected", "realised", "quality", "luck", "case"),
    [
        (80, 60, 100, 20, 20, "deserved success"),
        (80, 60, 10, 20, -70, "bad break"),
        (60, 80, 100, -20, 40, "dumb luck"),
        (60, 80, 10, -20, -50, "poetic justice"),
        (80, 80, 80, 0, 0, "deserved success"),  # between equals, and as expected
        (-40, -70, -35, 30, 5, "deserved success"),  # the best of what only lost
    ],
)
def test_the_four_cases(
    expected: float, rejected: float, realised: float, quality: float, luck: float, case: str
) -> None:
    """Russo & Schoemaker (2002): good or bad decision x good or bad luck."""
    row = _log((expected, rejected, realised)).table.loc["D1"]
    assert row[["quality", "luck", "case"]].tolist() == [quality, luck, case]


def test_what_is_not_known_is_said_and_not_judged() -> None:
    log = _log((80, 60, None), (None, None, 5), (80, None, 90))
    assert log.table["case"].tolist() == ["not known yet", "not weighed", "not weighed"]
    assert log.table["luck"].isna().tolist() == [True, True, False]
    assert repr(log) == "DecisionLog 3 decisions: 1 not known yet, 2 not weighed"
    assert repr(_log()) == "DecisionLog empty"
    assert _log().table.empty


def test_it_shows_its_arithmetic() -> None:
    log = _log((-40, -70, -35), name="Finish the depot", decided_by="sponsor", date="2026-05-04",
               known="Ending costs 80")  # fmt: skip
    assert str(log.explain("D1")).splitlines() == [
        "decision D1: Finish the depot, by the sponsor, 2026-05-04",
        "  known then: Ending costs 80",
        "  quality = expected - best rejected = -EUR 40 - (-EUR 70) = EUR 30: the best on what was "
        "known",
        "  luck = realised - expected = -EUR 35 - (-EUR 40) = EUR 5",
        "  deserved success: a good decision, and luck was with it",
    ]
    worse = _log((60, 80, None)).explain("D1")
    assert "EUR 60 - EUR 80 = -EUR 20: not the best on what was known" in str(worse)


def test_mean_luck_tells_whether_expectations_are_too_high() -> None:
    """-10, -20, -30: mean -20, standard deviation 10, error 10 / sqrt 3."""
    log = _log((50, 0, 40), (50, 0, 30), (50, 0, 20), (50, 0, None))
    assert log.mean_luck == -20
    assert log.luck_error == pytest.approx(10 / 3**0.5)
    assert _log((1, 0, None)).mean_luck is None
    assert _log((1, 0, 2)).luck_error is None


_AMOUNT = st.floats(-1e6, 1e6)


@given(_AMOUNT, _AMOUNT, _AMOUNT, _AMOUNT)
def test_luck_never_changes_quality(
    expected: float, rejected: float, came: float, else_: float
) -> None:
    one, other = (_log((expected, rejected, r)).table.loc["D1"] for r in (came, else_))
    assert one["quality"] == other["quality"] == expected - rejected
    good = {"deserved success", "bad break"}
    assert (one["case"] in good) == (other["case"] in good)
    assert one["case"] in MEANINGS


def test_what_people_typed_is_escaped_and_what_is_not_there_is_not_found() -> None:
    log = _log((1, 2, 3), name="<b>x</b>")
    assert "<b>x" not in log._repr_html_()
    with pytest.raises(KeyError, match="no decision 'D9' in the log, only 'D1'"):
        log.explain("D9")
    sentence = "decision log: needs a program, got Project"
    with pytest.raises(PlanError, match=exactly(sentence)):
        decision_log(Project.from_table([("A", 1, "")]))  # type: ignore[arg-type]
