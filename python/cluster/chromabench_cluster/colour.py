"""Lab of pictures and their colours counted, with the very tables that the program uses (src/shared/colour): sent with the job, not made again."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

STEPS = 16384
CELLS = 220
LOWEST = -110
NEUTRAL = 0.01
PARTS = 256
_ERROR = 0.0005
_ZERO = -LOWEST * PARTS

_XYZ = np.array([[0.412453, 0.35758, 0.180423], [0.212671, 0.71516, 0.072169], [0.019334, 0.119193, 0.950227]])
_WHITE = np.array([0.95047, 1, 1.08883])
_MATRIX = _XYZ / _WHITE[:, None]


@dataclass(frozen=True)
class ColourTables:
    """linear: light of the sRGB values 0..255, float64 [256]. compressed: Lab's curve at k / 16384, float64 [16386]."""

    linear: np.ndarray
    compressed: np.ndarray

    @staticmethod
    def read(path: Path) -> "ColourTables":
        numbers = np.frombuffer(path.read_bytes(), "<f8")
        return ColourTables(numbers[:256], numbers[256:])

    def lab(self, rgb: np.ndarray) -> np.ndarray:
        """Lab of 8-bit sRGB, uint8 [..., 3] -> float64 [..., 3], by the tables."""
        light = self.linear[rgb] * STEPS
        fx, fy, fz = (self._curve((row[0] * light[..., 0] + row[1] * light[..., 1]) + row[2] * light[..., 2]) for row in _MATRIX)
        return np.stack([116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)], -1)

    def _curve(self, t: np.ndarray) -> np.ndarray:
        k = t.astype(np.int64)
        low = self.compressed[k]
        return low + (self.compressed[k + 1] - low) * (t - k)

    def packed(self, colours: np.ndarray) -> np.ndarray:
        """a and b of 8-bit colours in 1/256 of a unit from -110 on, in their exact cells. uint8 [n, 3] -> int64 [n, 2]"""
        near = self.lab(colours)[:, 1:]
        size = np.abs(near)
        border = (size >= NEUTRAL - _ERROR) & ((size < NEUTRAL + _ERROR) | (np.abs(near - np.floor(near + 0.5)) < _ERROR))
        unsure = border.any(1)
        near[unsure] = self._exact(colours[unsure])
        return _fixed(near)

    def _exact(self, colours: np.ndarray) -> np.ndarray:
        light = self.linear[colours]
        t = np.stack([(row[0] * light[:, 0] + row[1] * light[:, 1]) + row[2] * light[:, 2] for row in _MATRIX], -1)
        f = np.where(t > 0.008856, np.cbrt(t), 7.787 * t + 16 / 116)
        return np.stack([500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], -1)


def _fixed(v: np.ndarray) -> np.ndarray:
    cell = np.floor(v)
    part = np.minimum(np.floor((v - cell) * PARTS + 0.5), PARTS - 1)
    return np.where(np.abs(v) < NEUTRAL, _ZERO, _ZERO + cell * PARTS + part).astype(np.int64)


@dataclass(frozen=True)
class ColourCounts:
    """Colours of one photograph: cells ascending (row of a * 220 + column of b), pixels in each, means in 1/256 of a unit."""

    pixels: int
    cells: np.ndarray
    counts: np.ndarray
    mean_a: np.ndarray
    mean_b: np.ndarray


def count_colours(rgb: np.ndarray, tables: ColourTables) -> ColourCounts:
    """Colours of a photograph, uint8 [h, w, 3]."""
    flat = rgb.reshape(-1, 3).astype(np.uint32)
    codes, times = np.unique(flat[:, 0] << 16 | flat[:, 1] << 8 | flat[:, 2], return_counts=True)
    colours = np.stack([codes >> 16, codes >> 8 & 255, codes & 255], -1).astype(np.uint8)
    packed = tables.packed(colours)
    cell = (packed[:, 0] >> 8) * CELLS + (packed[:, 1] >> 8)
    counts = np.bincount(cell, times, CELLS * CELLS).astype(np.int64)
    sums = [np.bincount(cell, times * (packed[:, axis] & 255), CELLS * CELLS) for axis in (0, 1)]
    cells = np.flatnonzero(counts)
    part_a, part_b = (np.floor(total[cells] / counts[cells] + 0.5) / PARTS for total in sums)
    rows, columns = np.divmod(cells, CELLS)
    return ColourCounts(len(flat), cells, counts[cells], rows + LOWEST + part_a, columns + LOWEST + part_b)


def cell_index(v: np.ndarray) -> np.ndarray:
    """Row of an a, column of a b: 0..219, values outside go to the nearest."""
    index = np.clip(np.floor(v) - LOWEST, 0, CELLS - 1).astype(np.int64)
    return np.where(np.abs(v) < NEUTRAL, -LOWEST, index)
