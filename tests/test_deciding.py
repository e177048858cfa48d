"""Decision trees: published answers, laws, and what is said when one cannot be read."""

from __future__ import annotations

from math import inf, nan
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmkit.analysis.deciding.decide import decide
from pmkit.analysis.deciding.flipping import option_curves
from pmkit.model.decision import Chance, Choice
from pmkit.model.errors import PlanError
from tests.wording import exactly


def demand(strong: Any, weak: Any, chance: float = 0.6) -> Chance:
    return Chance("demand", {"strong": (chance, strong), "weak": (1 - chance, weak)})


@pytest.fixture
def plant() -> Choice:
    """PMBOK 6 (2017), figure 11-16."""
    return Choice("plant", {"build": (demand(200, 90), 120), "upgrade": (demand(120, 60), 50)})


# -- Published answers ---------------------------------------------------------------


def test_the_plant_of_pmbok(plant: Choice) -> None:
    analysis = decide(plant)
    assert analysis.options == pytest.approx({"build": 36, "upgrade": 46})
    assert analysis.best == "upgrade"
    assert analysis.value == pytest.approx(46)
    assert analysis.table["expected_value"].to_dict() == pytest.approx(
        {"build": 36, "build > strong": 80, "build > weak": -30,
         "upgrade": 46, "upgrade > strong": 70, "upgrade > weak": 10}
    )  # fmt: skip
    assert analysis.policy == {"plant": "upgrade"}


def test_what_it_is_worth_to_know_the_demand(plant: Choice) -> None:
    # build when it is strong: .6 x 80 + .4 x 10 = 52, six more than 46
    assert decide(plant).perfect_information() == pytest.approx(6)


def test_where_the_choice_flips(plant: Choice) -> None:
    (flip,) = decide(plant).flips("demand", "strong")
    assert flip.probability == pytest.approx(0.8)
    assert (flip.below, flip.above) == ("upgrade", "build")
    (mirrored,) = decide(plant).flips("demand", "weak")
    assert mirrored.probability == pytest.approx(0.2)
    assert (mirrored.below, mirrored.above) == ("build", "upgrade")


def test_a_study_of_the_demand(plant: Choice) -> None:
    """By hand: P(good) = .9 x .6 + .2 x .4 = .62, P(strong | good) = .54 / .62 = .871 > .8."""
    study = decide(plant).sample_information(
        "demand", {"good": {"strong": 0.9, "weak": 0.2}, "bad": {"strong": 0.1, "weak": 0.8}}, 1
    )
    good, bad = study.signals
    assert (good.best, bad.best) == ("build", "upgrade")
    assert good.probability == pytest.approx(0.62)
    assert good.beliefs["strong"] == pytest.approx(0.54 / 0.62)
    assert bad.probability == pytest.approx(0.38)
    # .54 x 80 - .08 x 30 + .06 x 70 + .32 x 10 = 48.2
    assert study.value == pytest.approx(2.2)
    assert study.net_value == pytest.approx(1.2)
    assert study.is_worth_it
    assert "worth its cost" in repr(study)
    assert "P(strong) = 0.871" in str(study.explain())


def test_a_later_choice_makes_a_kink() -> None:
    """Wait and then build or not: worth max(0, 10) at strong, max(0, -10) at weak."""
    later = demand(
        Choice("then", {"build": 10, "stop": 0}), Choice("then", {"build": -10, "stop": 0})
    )
    analysis = decide(Choice("now", {"build": demand(12, -12), "wait": later, "leave": 1}))
    assert analysis.options == pytest.approx({"build": 2.4, "wait": 6.0, "leave": 1.0})
    assert analysis.policy == {
        "now": "wait", "wait > strong > then": "build", "wait > weak > then": "stop"
    }  # fmt: skip
    # leave pays 1, wait 10 p, build 24 p - 12: wait from .1 on, build from 12/14
    low, high = analysis.flips("demand", "strong")
    assert (low.below, low.above) == ("leave", "wait")
    assert low.probability == pytest.approx(0.1)
    assert (high.below, high.above) == ("wait", "build")
    assert high.probability == pytest.approx(12 / 14)


def test_costs_are_made_small_when_asked() -> None:
    dearest = Choice(
        "route", {"road": (Chance("snow", {"yes": (0.5, 8), "no": (0.5, 2)}), 1), "rail": 7}
    )
    analysis = decide(dearest, minimise=True)
    assert (analysis.best, analysis.options) == ("road", {"road": 6.0, "rail": 7.0})
    assert analysis.perfect_information() == pytest.approx(1.0)  # .5 x 7 + .5 x 3 = 5
    assert str(analysis.explain("road")) == (
        "expected value of 'road'\n  road, snow: 0.5 x 8 + 0.5 x 2 = 5\n  road = 5 + cost 1 = 6"
    )


def test_the_risk_profile_tells_what_may_be_paid(plant: Choice) -> None:
    analysis = decide(plant)
    assert analysis.risk_profile().to_dict() == pytest.approx({10: 0.4, 70: 0.6})
    assert analysis.risk_profile("build").to_dict() == pytest.approx({-30: 0.4, 80: 0.6})


def test_the_arithmetic_is_shown(plant: Choice) -> None:
    analysis = decide(plant)
    assert str(analysis.explain("build")) == (
        "expected value of 'build'\n"
        "  build, demand: 0.6 x 200 + 0.4 x 90 = 156\n"
        "  build = 156 - cost 120 = 36"
    )
    assert "largest: upgrade" in str(analysis.explain())
    assert "<script>" not in decide(Choice("<script>", {"a": 1}))._repr_html_()


def test_equally_good_options_are_both_named() -> None:
    analysis = decide(Choice("either", {"a": 0.1 + 0.2, "b": 0.3}))
    assert analysis.equally_good == ("a", "b")
    assert analysis.best == "a"
    assert "equally good: a, b" in str(analysis.explain())


# -- Laws ----------------------------------------------------------------------------

payoffs = st.integers(-1000, 1000).map(float)
chances = st.floats(0, 1)


@st.composite
def trees(draw: Any) -> Choice:
    chance = draw(chances)
    options = {}
    for n in range(draw(st.integers(2, 4))):
        ends = [draw(payoffs), draw(payoffs)]
        if draw(st.booleans()):
            ends[0] = Choice("then", {"go": draw(payoffs), "stop": draw(payoffs)})
        options[f"option {n}"] = (
            demand(ends[0], ends[1], chance),
            float(draw(st.integers(0, 100))),
        )
    return Choice("tree", options)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(trees(), st.floats(0, 1), st.floats(0, 1))
def test_a_study_is_worth_between_nothing_and_perfect_knowledge(
    tree: Choice, hit: float, wrong: float
) -> None:
    analysis = decide(tree)
    told = {"yes": {"strong": hit, "weak": wrong}, "no": {"strong": 1 - hit, "weak": 1 - wrong}}
    study = analysis.sample_information("demand", told)
    assert 0 <= study.value <= study.perfect + 1e-6
    assert study.perfect == pytest.approx(analysis.perfect_information("demand"))
    certain = {"yes": {"strong": 1, "weak": 0}, "no": {"strong": 0, "weak": 1}}
    assert analysis.sample_information("demand", certain).value == pytest.approx(
        study.perfect, abs=1e-6
    )


@settings(derandomize=True, max_examples=150, deadline=None)
@given(trees())
def test_at_a_flip_two_options_are_equally_good(tree: Choice) -> None:
    import numpy as np

    curves = option_curves(tree, 1, "demand", "strong")
    labels = [branch.label for branch in tree.branches]
    for flip in decide(tree).flips("demand", "strong"):
        values = [float(np.interp(flip.probability, *curve)) for curve in curves]
        below, above = values[labels.index(flip.below)], values[labels.index(flip.above)]
        assert below == pytest.approx(above, abs=1e-6)
        assert max(values) == pytest.approx(below, abs=1e-6)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(trees(), st.floats(0.01, 0.99))
def test_the_curves_are_the_tree_at_every_probability(tree: Choice, p: float) -> None:
    import numpy as np

    moved = {}
    for branch in tree.branches:
        assert isinstance(branch.to, Chance)
        strong, weak = branch.to.branches
        moved[branch.label] = (demand(strong.to, weak.to, p), branch.cost)
    at_p = [float(np.interp(p, *c)) for c in option_curves(tree, 1, "demand", "strong")]
    assert at_p == pytest.approx(list(decide(Choice(tree.name, moved)).options.values()), abs=1e-6)


@settings(derandomize=True, max_examples=50, deadline=None)
@given(trees())
def test_a_profile_adds_up_to_one_and_to_the_value(tree: Choice) -> None:
    analysis = decide(tree)
    for option, value in analysis.options.items():
        profile = analysis.risk_profile(option)
        assert profile.sum() == pytest.approx(1)
        assert (profile * profile.index).sum() == pytest.approx(value, abs=1e-6)


# -- What cannot be read -------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Choice("", {"a": 1}), "choice '': name must not be empty"),
        (lambda: Choice("c", {}), "choice 'c': must have at least one option, got none"),
        (lambda: Choice("c", {" ": 1}),
         "choice 'c': an option must have a label, got an empty one"),
        (lambda: Choice("c", {"a": 1, " a": 2}),
         "choice 'c', option 'a': must be given once, came more than once"),
        *(
            (lambda v=value: Choice("c", {"a": v}),
             "choice 'c', option 'a': must lead to a choice, an event or a finite amount, "
             f"got {value!r}")
            for value in (nan, inf, "much", True)
        ),
        (lambda: Choice("c", {"a": (1, -2)}),
         "choice 'c', option 'a': cost must be a finite amount >= 0, got -2.0"),
        (lambda: Chance("e", {"a": 3}),
         "event 'e', outcome 'a': must be (probability, what comes next) or "
         "(probability, what comes next, cost), got 3"),
        (lambda: Chance("e", {"a": (1.2, 3)}),
         "event 'e', outcome 'a': probability must be between 0 and 1, got 1.2"),
        (lambda: Chance("e", {"a": (0.5, 3), "b": (0.4, 1)}),
         "event 'e': probabilities must add up to 1, got 0.5 + 0.4 = 0.9"),
        (lambda: Chance("e", {"a": (1, Chance("e", {"a": (1, 2)}))}),
         "event 'e': must stand once on a path, came after itself"),
        (lambda: decide(Chance("e", {"a": (1, 3)})),  # type: ignore[arg-type]
         "decision: the root must be a choice, got Chance"),
        (lambda: decide(Choice("c", {"x": demand(1, 2), "y": Chance("demand", {"none": (1, 0)})})),
         "event 'demand': must have the same outcomes wherever it stands, "
         "got strong, weak and none"),
        (lambda: decide(Choice("c", {"x": demand(1, 2)})).perfect_information("rain"),
         "decision: event must be one of the tree ('demand'), got 'rain'"),
        (lambda: decide(Choice("c", {"x": demand(1, 2), "y": demand(1, 2, 0.25)}))
         .perfect_information(),
         "event 'demand': must have the same probabilities wherever it stands to be known "
         "beforehand, got strong 0.6, weak 0.4 and strong 0.25, weak 0.75"),
        (lambda: decide(Choice("c", {"x": demand(1, 2)})).flips("demand", "no"),
         "event 'demand': outcome must be one of its own ('strong', 'weak'), got 'no'"),
        (lambda: decide(Choice("c", {"x": Chance("e", {"a": (1, 3)})})).flips("e", "a"),
         "event 'e': must have at least two outcomes to vary one, got one"),
        (lambda: decide(Choice("c", {"x": 1})).explain("y"),
         "decision 'c': option must be one of 'x', or the path of a branch, got 'y'"),
        (lambda: _study({"yes": {"strong": 1}}),
         "study of 'demand', signal 'yes': must give a probability for each outcome "
         "(strong, weak), got strong"),
        (lambda: _study({"yes": {"strong": 2, "weak": 1}}),
         "study of 'demand', signal 'yes': probability given 'strong' must be between 0 and 1, "
         "got 2"),
        (lambda: _study({"yes": {"strong": 0.5, "weak": 1}}),
         "study of 'demand': the probabilities of its signals given 'strong' must add up to 1, "
         "got 0.5"),
        (lambda: _study({"yes": {"strong": 1, "weak": 1}}, cost=-1),
         "study of 'demand': cost must be a finite amount >= 0, got -1"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(make: Any, sentence: str) -> None:
    with pytest.raises(PlanError, match=exactly(sentence)):
        make()


def _study(told: Any, cost: float = 0.0) -> None:
    decide(Choice("c", {"x": demand(1, 2)})).sample_information("demand", told, cost)
