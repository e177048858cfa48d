"""The weights panel without a browser: swings, pairs, plain weights, and the way back."""

from __future__ import annotations

import pytest

from pmkit.analysis.aligning.alignment import align
from pmkit.files import read_bytes
from pmkit.model.errors import PlanError
from pmkit.model.program import Program
from pmkit.model.settings import ProjectInfo
from pmkit.model.strategy import Objective, Strategy
from pmkit.widgets.weights import WeightsPanel
from tests.wording import exactly

_SCORES = {"P": (1.0, 0.0, 0.0), "Q": (0.0, 1.0, 0.5)}


def _program(*, split: bool = False) -> Program:
    objectives = [Objective("Air", weight=2), Objective("Riders", weight=1),
                  Objective("Money", weight=1)]  # fmt: skip
    told = {(p, o.id): s for p, row in _SCORES.items()
            for o, s in zip(objectives, row, strict=True)}  # fmt: skip
    if split:
        objectives += [Objective("Noise", weight=1, parent="Air"),
                       Objective("Dust", weight=3, parent="Air")]  # fmt: skip
        told = {(p, "Noise" if o == "Air" else o): s for (p, o), s in told.items()}
    infos = tuple(ProjectInfo(id_) for id_ in _SCORES)
    return Program((), candidates=infos, strategy=Strategy(tuple(objectives), told))


@pytest.fixture
def panel() -> WeightsPanel:
    return WeightsPanel(_program())


def _card(panel: WeightsPanel, title: str) -> dict[str, object]:
    return next(item for item in panel.figures.items if item["title"] == title)


def test_it_begins_with_the_weights_of_the_plan_as_swings(panel):
    assert {key: box.value for key, box in panel.boxes.items()} == {
        "swing Air": 100, "swing Riders": 50, "swing Money": 50
    }  # fmt: skip
    assert panel.result.table.index[0] == "P"
    assert _card(panel, "What turns it")["value"] == "Air 43 %"
    assert panel.answer.text == "Alignment: P 0.50, Q 0.38."


def test_a_swing_turns_the_ranking_and_undo_turns_it_back(panel):
    panel.boxes["swing Riders"].type("200")
    assert panel.result.weights.to_dict() == pytest.approx(
        {"Air": 2 / 7, "Riders": 4 / 7, "Money": 1 / 7}
    )
    assert panel.result.table.index[0] == "Q"
    assert _card(panel, "Best aligned")["sentence"] == "it was P"
    panel.undo_button.click()
    assert panel.result.table.index[0] == "P"


def test_pairs_begin_with_the_ratios_and_say_how_consistent_they_are(panel):
    panel.weigh_by("pairs")
    assert [box.value for box in panel.boxes.values()] == [2, 2, 1]
    panel.boxes["pairs Air > Riders"].type("5")
    expected = align(
        Program((), candidates=_program().candidates, strategy=Strategy(
            tuple(Objective(o) for o in ("Air", "Riders", "Money")),
            _program().strategy.contributions,
            {"": (("Air", "Riders", 5), ("Air", "Money", 2), ("Riders", "Money", 1))},
        ))
    )  # fmt: skip
    assert panel.result.weights.to_dict() == pytest.approx(expected.weights.to_dict())
    assert _card(panel, "Consistency ratio")["value"] == f"{expected.consistency_ratio:.3f}"
    assert list(panel.changes.items) == ["Objectives at the top: compared in pairs"]


def test_pairs_that_leave_one_out_are_refused_and_nothing_is_lost(panel):
    panel.weigh_by("pairs")
    panel.boxes["pairs Air > Riders"].type("")
    assert panel.status.kind == "done"  # two pairs still connect the three
    panel.boxes["pairs Riders > Money"].type("")
    assert panel.status.kind == "problem"
    assert panel.status.text == (
        "judgements: must compare all of those at the top, got nothing on 'Riders'"
    )
    assert panel.boxes["pairs Riders > Money"].error == panel.status.text


def test_each_group_of_a_tree_is_weighed_by_itself():
    panel = WeightsPanel(_program(split=True))
    panel.show_group("Air")
    panel.weigh_by("direct")
    panel.boxes["direct Noise"].type("3")
    weights = panel.result.weights.to_dict()
    assert weights["Noise"] == pytest.approx(0.25)
    assert weights["Dust"] == pytest.approx(0.25)
    panel.changes.click("Remove", 0)
    assert panel.result.weights.to_dict()["Noise"] == pytest.approx(0.125)


def test_what_does_not_fit_is_told_in_a_sentence(panel):
    panel.boxes["swing Air"].type("-5")
    assert panel.status.text.startswith("objective 'Air': weight must be a finite number >= 0")
    sentence = "weights: way must be one of swing, pairs, direct, got 'guess'"
    with pytest.raises(PlanError, match=exactly(sentence)):
        panel.weigh_by("guess")
    sentence = ("weights: the plan must be a program with two objectives or more to weigh, this "
                "has none")  # fmt: skip
    with pytest.raises(PlanError, match=exactly(sentence)):
        panel.open_plan(Program((), candidates=(ProjectInfo("P"),)))


def test_the_saved_plan_has_the_new_weights(panel):
    panel.boxes["swing Money"].type("100")
    name, _, content = panel._saved()
    saved = read_bytes(name, content)
    assert [one.weight for one in saved.strategy.objectives] == [100, 50, 100]


def test_without_a_plan_there_is_an_invitation():
    empty = WeightsPanel()
    assert empty.result is None
    empty.sample_button.click()
    assert empty.result.table.index[0] == "Fleet"
