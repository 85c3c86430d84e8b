"""What each step learns from (src/main/core/training/patch-plan.ts): which piece of which photograph, mirrored or not."""

from dataclasses import dataclass

import numpy as np

from .random_numbers import Random


@dataclass(frozen=True)
class Patch:
    photo: int
    x: int
    y: int
    mirrored: bool


class PatchPlan:
    """The pieces of every step; they depend on the seed and the step alone."""

    def __init__(self, sizes: list[tuple[int, int]], *, seed: int, side: int, cut: str, batch: int, flips: bool) -> None:
        """sizes: width and height of each photograph as it is seen. batch: pieces a step, of all workers together."""
        self.sizes, self.seed, self.side, self.cut, self.batch, self.flips = sizes, seed, side, cut, batch, flips
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
        return Patch(photo, column * self.side, row * self.side, self._mirrored(random))

    def _random(self, photo: int, random: Random) -> Patch:
        width, height = self.sizes[photo]
        x = random.integer(width - self.side + 1)
        y = random.integer(height - self.side + 1)
        return Patch(photo, x, y, self._mirrored(random))

    def _mirrored(self, random: Random) -> bool:
        return self.flips and random.uniform() < 0.5
