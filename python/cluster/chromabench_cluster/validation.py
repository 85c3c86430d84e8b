"""How well the network does on photographs that it does not learn from (src/main/core/training/validation.ts, src/shared/colour/metrics.ts)."""

import numpy as np

from .network import SharedNetwork
from .shards import DecodedPhotographs
from .targets import AnswerGrid, LessonMaker

_FARTHEST = 150
_COLUMNS = _FARTHEST + 2
_TILE, _TILES = 10, 22


class Validation:
    """Each worker looks at its part of the photographs; what they count is added up."""

    def __init__(self, network: SharedNetwork, photographs: DecodedPhotographs, maker: LessonMaker, grid: AnswerGrid, settings: dict) -> None:
        """settings: side of the squares, how many go through the network together, temperatures that are tried."""
        self._network, self._photographs, self._maker = network, photographs, maker
        self._grid = AnswerGrid(settings["side"], grid.border, grid.stride)
        self._together, self._temperatures = settings["together"], settings["temperatures"]

    def run(self, worker: int, workers: int) -> dict | None:
        """Every worker has to call it. None where no photograph can be read."""
        mine = [index for index in range(len(self._photographs.photographs)) if index % workers == worker and self._photographs.readable(index)]
        count = len(self._temperatures)
        seen, loss = np.zeros(1), np.zeros(1)
        counts = np.zeros((count, _TILES * _TILES, _COLUMNS))
        spreads, true_spread = np.zeros((count, 5)), np.zeros(5)
        for start in range(0, len(mine), self._together):
            squares = np.stack([self._middle(index) for index in mine[start : start + self._together]])
            lesson = self._maker.make(squares, self._grid)
            loss += len(squares) * float(self._network.network.run("evaluate", lesson.feeds)["loss"])
            seen += len(squares)
            truth = lesson.truth.reshape(-1, 2)
            true_spread += _moments(truth)
            logits = self._network.network.run("predict", {"lightness": lesson.feeds["lightness"]})["logits"]
            for place, temperature in enumerate(self._temperatures):
                ab = self._network.network.run("anneal", {"logits": logits, "temperature": np.float32(temperature)})["ab"].numpy().reshape(-1, 2)
                counts[place] += _distances(truth, ab)
                spreads[place] += _moments(ab)
        return self._result(*self._network.sums([seen, loss, counts, spreads, true_spread]))

    def _middle(self, index: int) -> np.ndarray:
        pixels, side = self._photographs.pixels(index), self._grid.patch
        y, x = (pixels.shape[0] - side) // 2, (pixels.shape[1] - side) // 2
        return pixels[y : y + side, x : x + side]

    def _result(self, seen, loss, counts, spreads, true_spread) -> dict | None:
        if seen[0] == 0:
            return None
        tried = [(_area(one.sum(0)), _rebalanced(one)) for one in counts]
        best = max(range(len(tried)), key=lambda place: (sum(tried[place]), -place))
        spread = _deviation(spreads[best]) / max(_deviation(true_spread), np.finfo(float).eps)
        return {"loss": loss[0] / seen[0], "temperature": self._temperatures[best], "auc": tried[best][0], "aucRebalanced": tried[best][1], "spread": spread}


def _distances(truth: np.ndarray, predicted: np.ndarray) -> np.ndarray:
    """Pixels by true tile and distance. float64 [484, 152]"""
    off = predicted.astype(np.float64) - truth
    # What is no number lies far off; it is the spread that says so.
    distance = np.nan_to_num(np.minimum(np.ceil(np.sqrt((off**2).sum(1))), _FARTHEST + 1), nan=_FARTHEST + 1).astype(np.int64)
    tile = np.floor((truth.astype(np.float64) + 110) / _TILE).astype(np.int64)
    place = (tile[:, 0] * _TILES + tile[:, 1]) * _COLUMNS + distance
    return np.bincount(place, minlength=_TILES * _TILES * _COLUMNS).reshape(-1, _COLUMNS).astype(np.float64)


def _area(row: np.ndarray) -> float:
    curve = np.cumsum(row)[: _FARTHEST + 1] / row.sum()
    return float(100 * (curve.sum() - (curve[0] + curve[-1]) / 2) / _FARTHEST)


def _rebalanced(counts: np.ndarray) -> float:
    filled = counts[counts.sum(1) > 0]
    return _area((filled / filled.sum(1, keepdims=True)).sum(0))


def _moments(ab: np.ndarray) -> np.ndarray:
    wide = ab.astype(np.float64)
    return np.array([len(wide), *wide.sum(0), *(wide**2).sum(0)])


def _deviation(moments: np.ndarray) -> float:
    n, a, b, aa, bb = moments
    # Of the maximum of two numbers Python's own forgets that one is none.
    return float(np.sqrt(np.maximum(0.0, aa / n - (a / n) ** 2 + bb / n - (b / n) ** 2)))
