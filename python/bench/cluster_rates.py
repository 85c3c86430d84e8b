"""What one core of a cluster's machine does: photographs looked through (colours counted) and decoded for training, a second.

python cluster_rates.py COLOUR_TABLES FOLDER, where the first is the file colour.f64 of a job (scripts/bench/cluster-rates.mjs makes it).
"""

import json
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "cluster"))

from chromabench_cluster.colour import ColourTables  # noqa: E402
from chromabench_cluster.photographs import decode, seen  # noqa: E402
from chromabench_cluster.statistics import _look  # noqa: E402
from chromabench_cluster.storage import Place  # noqa: E402

_SIDE = 112


def _rate(work, items: list[str]) -> float:
    begun = time.process_time()
    for item in items:
        work(item)
    return len(items) / (time.process_time() - begun)


def _reduced(data: bytes) -> bytes:
    rgb = decode(data)
    scale = _SIDE / min(rgb.shape[:2])
    return seen(rgb, round(rgb.shape[1] * scale), round(rgb.shape[0] * scale)).tobytes()


tables, place = ColourTables.read(Path(sys.argv[1])), Place(sys.argv[2])
paths = place.files()
looked = _rate(lambda path: _look(place, path, tables), paths)
decoded = _rate(lambda path: _reduced(place.read(path)), paths)
print(json.dumps({"photographs": len(paths), "lookedASecond": looked, "decodedASecond": decoded, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))
