"""What each step learns from (src/main/core/training/patch-plan.ts): which piece of which photograph, how large, mirrored or not."""

import math
from dataclasses import dataclass

import numpy as np

from .random_numbers import Random


@dataclass(frozen=True)
class Patch:
    photo: int
    x: int
    y: int
    side: int
    mirrored: bool


class PatchPlan:
    """The pieces of every step; they depend on the seed and the step alone."""

    def __init__(self, sizes: list[tuple[int, int]], *, seed: int, side: int, cut: str, batch: int, flips: bool, zoom: float = 1) -> None:
        """sizes: width and height of each photograph as it is seen. batch: pieces a step, of all workers together."""
        self.sizes, self.seed, self.side, self.cut, self.batch, self.flips, self.zoom = sizes, seed, side, cut, batch, flips, zoom
        pieces = [1 if cut == "random" else (width // side) * (height // side) for width, height in sizes]
        self._before = np.concatenate([[0], np.cumsum(pieces)]).astype(np.int64)
        self._order: tuple[int, np.ndarray] | None = None

    def patches(self, step: int, first: int, count: int) -> list[Patch]:
        """Pieces first to first + count - 1 of a step, which counts from 1."""
        return [self._at((step - 1) * self.batch + slot) for slot in range(first, first + count)]

    def replacement(self, step: int, slot: int, photo: int) -> Patch:
        """Another piece in the place of one whose photograph cannot be read."""
        return self._random(photo, Random(self.seed, "replacement", step, slot, photo))

    def _at(self, position: int) -> Patch:
        an_epoch = int(self._before[-1])
        index = int(self._permutation(position // an_epoch)[position % an_epoch])
        random = Random(self.seed, "patch", position)
        return self._grid(index, random) if self.cut == "grid" else self._random(index, random)

    def _permutation(self, epoch: int) -> np.ndarray:
        if self._order is None or self._order[0] != epoch:
            self._order = (epoch, Random(self.seed, "order", epoch).permutation(int(self._before[-1])))
        return self._order[1]

    def _grid(self, index: int, random: Random) -> Patch:
        # The last photograph with at most `index` pieces before it.
        photo = int(np.searchsorted(self._before[:-1], index, side="right")) - 1
        row, column = divmod(index - int(self._before[photo]), self.sizes[photo][0] // self.side)
        return Patch(photo, column * self.side, row * self.side, self.side, self._mirrored(random))

    def _random(self, photo: int, random: Random) -> Patch:
        width, height = self.sizes[photo]
        side = self._random_side(min(width, height), random)
        x = random.integer(width - side + 1)
        y = random.integer(height - side + 1)
        return Patch(photo, x, y, side, self._mirrored(random))

    def _random_side(self, most: int, random: Random) -> int:
        """As likely twice as large as half as large; within the photograph."""
        if self.zoom == 1:
            return self.side
        smallest, largest = math.ceil(self.side / self.zoom), min(most, math.floor(self.side * self.zoom))
        return math.floor(smallest * (largest / smallest) ** random.uniform() + 0.5)

    def _mirrored(self, random: Random) -> bool:
        return self.flips and random.uniform() < 0.5


def cut_piece(pixels: np.ndarray, patch: Patch, side: int) -> np.ndarray:
    """Cuts a piece out of a photograph and brings it to the size that it is shown at. uint8 [h, w, 3] -> [side, side, 3]"""
    square = pixels[patch.y : patch.y + patch.side, patch.x : patch.x + patch.side]
    return _resized(square[:, ::-1] if patch.mirrored else square, side)


def _resized(square: np.ndarray, to: int) -> np.ndarray:
    """Bilinear, in the order of the program's own sums: sides differ by little, so that nothing is lost between samples."""
    length = len(square)
    if length == to:
        return square
    within = np.clip(((np.arange(to) + 0.5) * length) / to - 0.5, 0, length - 1)
    first = np.floor(within).astype(np.int64)
    after, part = np.minimum(first + 1, length - 1), within - first
    wide = square.astype(np.float64)
    across = wide[:, first] + (wide[:, after] - wide[:, first]) * part[:, None]  # [length, to, 3]
    whole = across[first] + (across[after] - across[first]) * part[:, None, None]  # [to, to, 3]
    return np.floor(whole + 0.5).astype(np.uint8)
