"""The program's random generator (src/shared/random.ts): the same key gives the same numbers, so that pieces are the same wherever a step is taken."""

import json

import numpy as np

_WORD = 0xFFFFFFFF


class Random:
    """sfc32 (Chris Doty-Humphrey, PractRand), its key mixed in by MurmurHash3's rounds."""

    def __init__(self, *key: int | str) -> None:
        text = json.dumps(list(key), separators=(",", ":"), ensure_ascii=False)
        units = np.frombuffer(text.encode("utf-16-le"), np.uint16).tolist()
        self._a, self._b, self._c = (_hash(units, seed) for seed in (0x9E3779B9, 0x243F6A88, 0xB7E15162))
        self._counter = 1
        for _ in range(15):
            self.bits()

    def bits(self) -> int:
        """32 random bits as an integer."""
        total = (self._a + self._b + self._counter) & _WORD
        self._counter = (self._counter + 1) & _WORD
        self._a = self._b ^ (self._b >> 9)
        self._b = (self._c + (self._c << 3)) & _WORD
        self._c = ((((self._c << 21) & _WORD) | (self._c >> 11)) + total) & _WORD
        return total

    def uniform(self) -> float:
        """A number in [0, 1)."""
        return self.bits() / 2**32

    def integer(self, limit: int) -> int:
        """An integer in [0, limit)."""
        return int(self.uniform() * limit)

    def permutation(self, count: int) -> np.ndarray:
        """0 to count - 1 in random order. uint32 [count]"""
        order = list(range(count))
        for last in range(count - 1, 0, -1):
            other = self.integer(last + 1)
            order[last], order[other] = order[other], order[last]
        return np.array(order, np.uint32)


def _hash(units: list[int], seed: int) -> int:
    value = seed
    for unit in units:
        block = (unit * 0xCC9E2D51) & _WORD
        block = (((block << 15) & _WORD) | (block >> 17)) * 0x1B873593 & _WORD
        value ^= block
        value = ((((value << 13) & _WORD) | (value >> 19)) * 5 + 0xE6546B64) & _WORD
    value ^= len(units)
    value = ((value ^ (value >> 16)) * 0x85EBCA6B) & _WORD
    value = ((value ^ (value >> 13)) * 0xC2B2AE35) & _WORD
    return value ^ (value >> 16)
