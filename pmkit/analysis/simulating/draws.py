"""Random numbers that belong to a name, not to a place in a queue.

Each activity and each risk has a stream of its own, found from the seed and its id, and trial *t*
always takes number *t* of it. So the answer does not depend on who computes which trials, and a
scenario disturbs only what it changes: all other draws stay (common random numbers).

A stream is a row of stretches. Each stretch is a run of SFC64, the fastest of numpy's generators,
from a state of its own: 192 bits of a cryptographic hash of seed, name and place of the stretch.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import numpy as np

STRETCH = 20_000
"""Numbers in a stretch. One is made from its beginning, however late the numbers asked for."""

_WARM_UP = 12  # words that numpy, too, throws away after seeding


class Draws:
    """Streams of 16-bit random numbers by name.

    Parameters
    ----------
    seed
        Any integer.

    Examples
    --------
    >>> draws = Draws(seed=7)
    >>> all_at_once = draws.numbers("activity A", 0, 100)
    >>> bool((draws.numbers("activity A", 40, 60) == all_at_once[40:]).all())
    True
    """

    def __init__(self, seed: int) -> None:
        self._generator = np.random.SFC64(0)
        self._state: Any = self._generator.state
        self._words = self._state["state"]["state"]
        self._words[3] = 1  # the counter of SFC64
        self._hash = blake2b(f"seed {seed}, ".encode(), digest_size=24)

    def numbers(self, name: str, first: int, count: int) -> Any:
        """Return 16-bit numbers of one stream, uint16, shape (count,).

        Parameters
        ----------
        name
            Whose stream.
        first
            The first trial.
        count
            How many trials.
        """
        stretch, skip = divmod(first, STRETCH)
        if skip + count <= STRETCH:
            return self._stretch(name, stretch, skip + count)[skip:]
        parts = []
        while count > 0:
            part = self._stretch(name, stretch, min(skip + count, STRETCH))[skip:]
            parts.append(part)
            count -= len(part)
            stretch, skip = stretch + 1, 0
        return np.concatenate(parts)

    def _stretch(self, name: str, place: int, count: int) -> Any:
        """Return the first numbers of one stretch."""
        state = self._hash.copy()
        state.update(f"{place} {name}".encode())
        self._words[:3] = np.frombuffer(state.digest(), dtype="<u8")
        self._generator.state = self._state
        words: Any = self._generator.random_raw(_WARM_UP + (count + 3) // 4)
        # The byte order is part of the answer: little-endian machines read it without copying.
        numbers = words.astype("<u8", copy=False).view("<u2")
        return numbers[4 * _WARM_UP : 4 * _WARM_UP + count]

    def uniforms(self, name: str, first: int, count: int) -> Any:
        """Return numbers between 0 and 1, 32 bits each, float64, shape (count,)."""
        halves = self.numbers(name, 2 * first, 2 * count).astype(np.float64)
        return (halves[0::2] * 65536 + halves[1::2] + 0.5) / 2**32
