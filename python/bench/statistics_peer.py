#!/usr/bin/env python3
"""Lab statistics of a folder in one Python process: Pillow decodes, scikit-image converts, NumPy counts.

Usage: statistics_peer.py FOLDER [LIMIT]        needs: pip install pillow scikit-image numpy

The 220 x 220 histogram that the program's own statistics hold, over the first LIMIT pictures. Prints one JSON line:
photographs, seconds, pixels, used (cells that hold a pixel), peakBytes.
"""
import json
import resource
import sys
import time
from itertools import islice
from pathlib import Path

import numpy as np
from PIL import Image
from skimage.color import rgb2lab

CELLS = 220
NEUTRAL = 0.01


def count(path, histogram):
    """Adds the picture's pixels and returns how many there are."""
    ab = rgb2lab(np.asarray(Image.open(path).convert("RGB")))[..., 1:].reshape(-1, 2)
    ab[np.abs(ab) < NEUTRAL] = 0
    cells = np.floor(ab).astype(np.int64) + CELLS // 2
    histogram += np.bincount(cells[:, 0] * CELLS + cells[:, 1], minlength=CELLS * CELLS)
    return len(ab)


def main(folder, limit=None):
    paths = list(islice(sorted(Path(folder).rglob("*.jpg")), limit))
    histogram = np.zeros(CELLS * CELLS, np.int64)
    began = time.perf_counter()
    pixels = sum(count(path, histogram) for path in paths)
    print(json.dumps({
        "photographs": len(paths),
        "seconds": time.perf_counter() - began,
        "pixels": pixels,
        "used": int((histogram > 0).sum()),
        "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }))


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) == 3 else None)
