"""Random numbers that belong to a name, not to a place in a queue.

Each activity and each risk has a stream of its own, found from the seed and its id, and trial *t*
always takes number *t* of it. So the answer does not depend on who computes which trials, and a
scenario disturbs only what it changes: all other draws stay (common random numbers).

The generator is Philox, which is made for this: any block of a stream can be computed from its key
and a counter (Salmon et al., 2011, doi:10.1145/2063384.2063405).
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import numpy as np

_PER_STEP = 16  # 16-bit numbers in one counter step of Philox


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
        self._generator = np.random.Philox(0)
        state: Any = self._generator.state
        self._state = state
        self._key, self._counter = state["state"]["key"], state["state"]["counter"]
        self._seed_key = _hash(f"seed {seed}")
        self._keys: dict[str, int] = {}

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
        key = self._keys.get(name)
        if key is None:
            key = self._keys[name] = _hash(name)
        step, skip = divmod(first, _PER_STEP)
        self._key[0], self._key[1] = self._seed_key, key
        self._counter[0] = step
        self._state["buffer_pos"] = 4  # nothing kept from another stream
        self._generator.state = self._state
        words: Any = self._generator.random_raw((skip + count + 3) // 4)
        # The byte order is part of the answer: little-endian machines read it without copying.
        numbers = words.astype("<u8", copy=False).view("<u2")
        return numbers[skip : skip + count]

    def uniforms(self, name: str, first: int, count: int) -> Any:
        """Return numbers between 0 and 1, 32 bits each, float64, shape (count,)."""
        halves = self.numbers(name, 2 * first, 2 * count).astype(np.float64)
        return (halves[0::2] * 65536 + halves[1::2] + 0.5) / 2**32


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")
