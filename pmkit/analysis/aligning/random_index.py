"""Random indices: how inconsistent judgements made at random are, by how many things are compared.

A consistency ratio means nothing without the table that it was divided by.
"""

from __future__ import annotations

from pmkit.model.errors import PlanError

RANDOM_INDEX: dict[str, dict[int, float]] = {
    "saaty": {
        3: 0.52, 4: 0.89, 5: 1.11, 6: 1.25, 7: 1.35, 8: 1.40, 9: 1.45, 10: 1.49, 11: 1.52,
        12: 1.54, 13: 1.56, 14: 1.58, 15: 1.59,
    },
    "donegan_dodd": {
        3: 0.4914, 4: 0.8286, 5: 1.0591, 6: 1.1797, 7: 1.2519, 8: 1.3171, 9: 1.3733, 10: 1.4055,
        11: 1.4213, 12: 1.4497, 13: 1.4643, 14: 1.4822, 15: 1.4969, 16: 1.5078, 17: 1.5153,
        18: 1.5262, 19: 1.5313, 20: 1.5371,
    },
}  # fmt: skip
"""Saaty, *Theory and Applications of the Analytic Network Process*, 2005, p. 31; Donegan & Dodd, "A
note on Saaty's random indexes", Mathematical and Computer Modelling 15(10), 1991."""


def expected_at_random(table: str, count: int) -> float:
    """Return the random index for so many things; 0 for two, which cannot contradict each other.

    Raises
    ------
    PlanError
        If there is no such table, or it does not go that far.

    Examples
    --------
    >>> expected_at_random("saaty", 4), expected_at_random("donegan_dodd", 2)
    (0.89, 0.0)
    """
    if table not in RANDOM_INDEX:
        raise PlanError(f"random_index: must be one of {', '.join(RANDOM_INDEX)}, got {table!r}")
    if count < 3:
        return 0.0
    if count not in RANDOM_INDEX[table]:
        most = max(RANDOM_INDEX[table])
        raise PlanError(
            f"judgements: at most {most} things can be compared with the random index of {table}, "
            f"got {count}"
        )
    return RANDOM_INDEX[table][count]
