"""From true colours to what a step is taught (src/main/core/training/batch.ts, src/shared/colour/encode.ts)."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .colour import CELLS, ColourTables, cell_index
from .hints import draw_hints
from .lightness import change_lightness
from .random_numbers import Random

_ROWS = 16384


@dataclass(frozen=True)
class AnswerGrid:
    """How the answer lies on a piece: its side, pixels lost on each side, pixels a side of a cell."""

    patch: int
    border: int
    stride: int

    @property
    def side(self) -> int:
        return (self.patch - 2 * self.border) // self.stride


@dataclass(frozen=True)
class Lesson:
    """feeds: lightness, target, weight and hints by the network's names. truth: float32 [n, h, h, 2]"""

    feeds: dict[str, np.ndarray]
    truth: np.ndarray


class BinEncoder:
    """Targets for one set of bins. The bin of every ab cell, and the kernel of every bin, come with the job."""

    def __init__(self, encoding: dict, bins: list[dict], folder: Path) -> None:
        self.kind, self.neighbours, self.sigma = encoding["kind"], min(encoding["neighbours"], len(bins)), encoding["sigma"]
        self.colours = np.array([[one["a"], one["b"]] for one in bins], np.float64)
        self.weights = np.array([one["weight"] for one in bins], np.float32)
        self._bin_of_cell = np.frombuffer((folder / "bin-of-cell.i16").read_bytes(), "<i2").astype(np.int32)
        kernels = folder / "kernels.f32"
        self._kernels = np.frombuffer(kernels.read_bytes(), "<f4").reshape(len(bins), len(bins)) if self.kind == "kernel" else None

    def bins(self, truth: np.ndarray) -> np.ndarray:
        """float32 [..., 2] -> int32 [...]"""
        index = cell_index(truth)
        return self._bin_of_cell[index[..., 0] * CELLS + index[..., 1]]

    def target(self, truth: np.ndarray, bins: np.ndarray) -> np.ndarray:
        """int32 [...] of hard encoding, float32 [..., Q] of others."""
        if self.kind == "hard":
            return bins
        if self._kernels is not None:
            return self._kernels[bins]
        flat = truth.reshape(-1, 2).astype(np.float64)
        parts = [self._nearest(flat[start : start + _ROWS]) for start in range(0, len(flat), _ROWS)]
        return np.concatenate(parts).reshape(*truth.shape[:-1], len(self.colours))

    def _nearest(self, ab: np.ndarray) -> np.ndarray:
        distances = (self.colours[:, 0] - ab[:, :1]) ** 2 + (self.colours[:, 1] - ab[:, 1:]) ** 2  # [n, Q]
        near = np.argsort(distances, 1, kind="stable")[:, : self.neighbours]
        close = np.take_along_axis(distances, near, 1)
        shares = np.exp((close - close[:, :1]) * (-1 / (2 * self.sigma**2)))
        target = np.zeros((len(ab), len(self.colours)), np.float32)
        np.put_along_axis(target, near, (shares / shares.sum(1, keepdims=True)).astype(np.float32), 1)
        return target


class LessonMaker:
    """Makes what the network is fed of square pieces of photographs."""

    def __init__(self, encoder: BinEncoder, tables: ColourTables) -> None:
        self._encoder, self._tables = encoder, tables

    def make(self, squares: np.ndarray, grid: AnswerGrid, randoms: list[Random] | None = None, lightness: tuple[float, list[Random]] | None = None) -> Lesson:
        """
        squares: uint8 [n, patch, patch, 3]. randoms: the numbers that a piece's hints are drawn by; no hints where absent.
        lightness: by how much it changes at most, and the numbers that each piece's is drawn by.
        """
        lab = self._tables.lab(squares).astype(np.float32)
        truth = _cell_means(lab[..., 1:], grid)
        bins = self._encoder.bins(truth)
        shown = np.ascontiguousarray(lab[..., :1])
        if lightness is not None:
            shown = np.stack([change_lightness(one, lightness[0], random) for one, random in zip(shown, lightness[1])])
        feeds = {"lightness": shown, "target": self._encoder.target(truth, bins), "weight": self._encoder.weights[bins]}
        if randoms is not None:
            feeds["hints"] = np.stack([draw_hints(ab, random) for ab, random in zip(lab[..., 1:], randoms)])
        return Lesson(feeds, truth)


def _cell_means(ab: np.ndarray, grid: AnswerGrid) -> np.ndarray:
    """float32 [n, patch, patch, 2] -> float32 [n, h, h, 2]"""
    side, stride, border = grid.side, grid.stride, grid.border
    inner = ab[:, border : border + side * stride, border : border + side * stride].astype(np.float64)
    cells = inner.reshape(len(ab), side, stride, side, stride, 2)
    return cells.mean(axis=(2, 4)).astype(np.float32)
