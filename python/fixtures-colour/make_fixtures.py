#!/usr/bin/env python3
"""Expected values for the colour tests, computed by scikit-image, NumPy and SciPy.

Usage: make_fixtures.py OUT_FOLDER
"""
import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter
from scipy.stats import norm
from skimage.color import lab2rgb, rgb2lab

CELLS = 220


def lab_colours():
    """Lab of the cube's corners, of grays, of colours around the curve's two thresholds and of seeded random ones; 8 and 16 bit."""
    rng = np.random.default_rng(7)
    corners = np.array(np.meshgrid([0, 255], [0, 255], [0, 255])).reshape(3, -1).T
    grays = np.repeat(np.arange(0, 256, 15)[:, None], 3, 1)
    dark = rng.integers(0, 14, (20, 3))
    bytes_ = np.concatenate([corners, grays, dark, rng.integers(0, 256, (60, 3))])
    words = rng.integers(0, 65536, (40, 3))
    lab = rgb2lab(bytes_ / 255.0)
    return {
        'rgb8': bytes_.tolist(), 'lab8': lab.tolist(),
        'rgb16': words.tolist(), 'lab16': rgb2lab(words / 65535.0).tolist(),
    }


def inside_colours():
    """Lab colours that sRGB can show, and their sRGB."""
    rng = np.random.default_rng(8)
    lab = rgb2lab(rng.uniform(0.02, 0.98, (60, 3)))
    return {'lab': lab.tolist(), 'srgb': lab2rgb(lab).tolist()}


def histogram_of(rgb):
    lab = rgb2lab(rgb / 255.0)[..., 1:].reshape(-1, 2)
    lab[np.abs(lab) < 0.01] = 0.0
    ij = np.floor(lab).astype(int) + CELLS // 2
    return lab, ij


def picture(out):
    """A small lossless picture with smooth colours, grays and noise, its cells, and the bins at two windows with mean ab and share."""
    rng = np.random.default_rng(9)
    y, x = np.mgrid[0:48, 0:64]
    rgb = np.stack([40 + 3 * x, 220 - 3 * y, 60 + 2 * x + y], -1).astype(float)
    rgb += rng.normal(0, 6, rgb.shape)
    rgb[:, :10] = rgb[:, :10, 1:2]
    rgb = np.clip(np.round(rgb), 0, 255).astype(np.uint8)
    Image.fromarray(rgb).save(out / 'picture.png')
    lab, ij = histogram_of(rgb)
    cells, where, counts = np.unique(ij[:, 0] * CELLS + ij[:, 1], return_inverse=True, return_counts=True)
    result = {
        'cells': cells.tolist(), 'counts': counts.tolist(),
        'meanA': (np.bincount(where, lab[:, 0]) / counts).tolist(), 'meanB': (np.bincount(where, lab[:, 1]) / counts).tolist(),
        'bins': {},
    }
    for window in (10, 5):
        side = CELLS // window
        tile = (ij[:, 0] // window) * side + ij[:, 1] // window
        tiles, where, counts = np.unique(tile, return_inverse=True, return_counts=True)
        result['bins'][window] = {
            'tiles': tiles.tolist(), 'share': (counts / len(tile)).tolist(),
            'a': (np.bincount(where, lab[:, 0]) / counts).tolist(), 'b': (np.bincount(where, lab[:, 1]) / counts).tolist(),
        }
    return result


def weights(bins, window):
    """Prior smoothed by a Gaussian of 5 ab units on the tile grid, and rebalancing weights for several lambda."""
    side = CELLS // window
    grid = np.zeros(side * side)
    grid[bins['tiles']] = bins['share']
    # Nothing lies beyond the border; truncate=22 sigma reaches over the whole grid.
    smooth = gaussian_filter(grid.reshape(side, side), 5 / window, mode='constant', truncate=50).ravel()[bins['tiles']]
    result = []
    for p, smoothing in ((np.array(bins['share']), 0), (smooth / smooth.sum(), 5)):
        for lam in (0, 0.5, 1):
            w = 1 / ((1 - lam) * p + lam / len(p))
            w /= (p * w).sum()
            result.append({'lambda': lam, 'smoothing': smoothing, 'p': p.tolist(), 'w': w.tolist()})
    return result


def soft_encoding(bins, neighbours, sigma):
    """Shares of the nearest bins for seeded points, by exhaustive search."""
    rng = np.random.default_rng(10)
    colours = np.stack([bins['a'], bins['b']], -1)
    rows = []
    for point in rng.uniform(-60, 60, (40, 2)):
        distance2 = ((colours - point) ** 2).sum(-1)
        nearest = np.argsort(distance2)[:neighbours]
        share = np.exp(-distance2[nearest] / (2 * sigma ** 2))
        share /= share.sum()
        rows.append({'ab': point.tolist(), 'bins': nearest.tolist(), 'shares': share.tolist()})
    return rows


def post_kernel(size, sigma):
    """The kernel of the post's script: square root of the outer product of the normal distribution's mass over each tile."""
    interval = (2 * sigma + 1.0) / size
    x = np.linspace(-sigma - interval / 2, sigma + interval / 2, size + 1)
    mass = np.diff(norm.cdf(x))
    kernel = np.sqrt(np.outer(mass, mass))
    return (kernel / kernel.sum()).tolist()


def annealed(bins):
    """Annealed means of seeded logits."""
    rng = np.random.default_rng(11)
    logits = rng.normal(0, 4, (6, len(bins['a']))).astype(np.float32)
    result = {'logits': logits.tolist(), 'means': {}}
    for t in (1, 0.38, 0.1):
        z = logits.astype(float) / t
        e = np.exp(z - z.max(1, keepdims=True))
        e /= e.sum(1, keepdims=True)
        result['means'][t] = np.stack([e @ bins['a'], e @ bins['b']], -1).tolist()
    return result


def gamut():
    """Tiles that an 8-bit sRGB colour reaches, for two windows, and the mean of the colours in each at window 10."""
    reached = np.zeros(CELLS * CELLS)
    sums = np.zeros((2, CELLS * CELLS))
    g, b = np.meshgrid(np.arange(256), np.arange(256), indexing='ij')
    for r in range(256):
        lab, ij = histogram_of(np.stack([np.full_like(g, r), g, b], -1))
        cell = ij[:, 0] * CELLS + ij[:, 1]
        reached += np.bincount(cell, minlength=CELLS * CELLS)
        for k in range(2):
            sums[k] += np.bincount(cell, lab[:, k], CELLS * CELLS)
    def pool(v, w):
        return v.reshape(CELLS // w, w, CELLS // w, w).sum((1, 3)).ravel()
    tens = pool(reached, 10)
    tiles = np.nonzero(tens)[0]
    return {
        'Q': {str(w): int((pool(reached, w) > 0).sum()) for w in (4, 5, 10, 11, 20, 22)},
        'tiles': tiles.tolist(),
        'a': (pool(sums[0], 10)[tiles] / tens[tiles]).tolist(), 'b': (pool(sums[1], 10)[tiles] / tens[tiles]).tolist(),
    }


def main(out):
    shown = picture(out)
    tens = shown['bins'][10]
    fixtures = {
        'lab': {**lab_colours(), 'inside': inside_colours()},
        'picture': shown,
        'weights': weights(tens, 10),
        'encoding': {'nearest5': soft_encoding(tens, 5, 5), 'nearest10': soft_encoding(tens, 10, 5), 'kernel': post_kernel(5, 2)},
        'decoding': annealed(tens),
        'gamut': gamut(),
    }
    for name, value in fixtures.items():
        (out / f'{name}.json').write_text(json.dumps(value) + '\n')


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
