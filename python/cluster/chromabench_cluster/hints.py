"""Colour hints as a training shows them (src/main/core/training/drawn-hints.ts)."""

import numpy as np

from .random_numbers import Random

_WITHOUT = 0.6
_LAST = 1 / 8
_LONGEST_SIDE = 9
_ALL = 1 / 100


def draw_hints(ab: np.ndarray, random: Random) -> np.ndarray:
    """a, b and 1 where there is a hint. float32 [side, side, 2] -> [side, side, 3]"""
    side = len(ab)
    hints = np.zeros((side, side, 3), np.float32)
    if random.uniform() < _WITHOUT:
        return hints
    if random.uniform() < _ALL:
        hints[..., :2], hints[..., 2] = ab, 1
        return hints
    while True:
        length = 1 + random.integer(_LONGEST_SIDE)
        x = random.integer(side - length + 1)
        y = random.integer(side - length + 1)
        hints[y : y + length, x : x + length, :2] = ab[y : y + length, x : x + length].astype(np.float64).mean(axis=(0, 1))
        hints[y : y + length, x : x + length, 2] = 1
        if random.uniform() < _LAST:
            return hints
