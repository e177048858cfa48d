"""What other tools and languages write for words of ours."""

from __future__ import annotations

CONSTRAINT_WORDS = {
    "asap": "as_soon_as_possible", "alap": "as_late_as_possible",
    "snet": "start_no_earlier_than", "snlt": "start_no_later_than",
    "fnet": "finish_no_earlier_than", "fnlt": "finish_no_later_than",
    "mso": "must_start_on", "mfo": "must_finish_on",
    "start on or after": "start_no_earlier_than", "start on or before": "start_no_later_than",
    "finish on or after": "finish_no_earlier_than", "finish on or before": "finish_no_later_than",
    "start on": "must_start_on", "finish on": "must_finish_on",
    "mandatory start": "must_start_on", "mandatory finish": "must_finish_on",
    "so früh wie möglich": "as_soon_as_possible", "so spät wie möglich": "as_late_as_possible",
    "anfang nicht früher als": "start_no_earlier_than",
    "anfang nicht später als": "start_no_later_than",
    "ende nicht früher als": "finish_no_earlier_than",
    "ende nicht später als": "finish_no_later_than",
    "muss anfangen am": "must_start_on", "muss enden am": "must_finish_on",
    "dès que possible": "as_soon_as_possible", "le plus tard possible": "as_late_as_possible",
    "début au plus tôt le": "start_no_earlier_than",
    "début au plus tard le": "start_no_later_than",
    "fin au plus tôt le": "finish_no_earlier_than", "fin au plus tard le": "finish_no_later_than",
    "doit commencer le": "must_start_on", "doit finir le": "must_finish_on",
    "lo antes posible": "as_soon_as_possible", "lo más tarde posible": "as_late_as_possible",
    "no comenzar antes del": "start_no_earlier_than",
    "no comenzar después del": "start_no_later_than",
    "no finalizar antes del": "finish_no_earlier_than",
    "no finalizar después del": "finish_no_later_than",
    "debe comenzar el": "must_start_on", "debe finalizar el": "must_finish_on",
    "zo snel mogelijk": "as_soon_as_possible", "zo laat mogelijk": "as_late_as_possible",
    "niet eerder beginnen dan": "start_no_earlier_than",
    "niet later beginnen dan": "start_no_later_than",
    "niet eerder eindigen dan": "finish_no_earlier_than",
    "niet later eindigen dan": "finish_no_later_than",
    "moet beginnen op": "must_start_on", "moet eindigen op": "must_finish_on",
}  # fmt: skip


_SHAPES = {"pert": "beta-PERT", "beta": "beta-PERT", "betapert": "beta-PERT",
           "triangle": "triangular"}  # fmt: skip


CHOICE_WORDS = {
    "constraint": CONSTRAINT_WORDS,
    "distribution": _SHAPES,
    "cost_distribution": _SHAPES,
}


BRACKET_HEADINGS = {"resource names", "ressourcennamen", "noms ressources", "resourcenamen",
                    "nombres de los recursos"}  # fmt: skip
"""Headings of MS Project, where units stand in brackets: ``Crane[200%]``."""
