"""Lightness as other prints of the same photograph would have it (src/main/core/training/changed-lightness.ts)."""

import numpy as np

from .random_numbers import Random


def change_lightness(lightness: np.ndarray, most: float, random: Random) -> np.ndarray:
    """More or less contrast, brighter or darker. lightness: L 0..100, float32 of any shape. most: share of the whole range, 0..0.5"""
    contrast = 1 + most * (2 * random.uniform() - 1)
    brightness = 50 * (most * (2 * random.uniform() - 1))
    return np.clip(50 + contrast * (lightness.astype(np.float64) - 50) + brightness, 0, 100).astype(np.float32)
