"""Photographs decoded once: pixels at the size they are seen at, one after the other in files that all workers see."""

import hashlib
import json
from collections import OrderedDict

import numpy as np
import ray

from .job import HERE, Photograph, TrainingJob
from .photographs import PhotoFault, content_id, decode, seen
from .storage import Place

_A_SHARD = 128
_KEPT_BYTES = 256 * 2**20
INDEX = "decoded/index.json"


def ensure_shards(job: TrainingJob, tell) -> dict:
    """Decodes what is not decoded yet, with Ray Data, and returns the index: of each use a row [shard, offset] a photograph, None where it cannot be read."""
    place = Place(job.storage)
    wanted = _key(job)
    if place.has(INDEX) and (index := place.read_json(INDEX))["key"] == wanted:
        return index
    index = {"key": wanted, **{use: _decode_all(job, use, photographs, tell) for use, photographs in job.photographs.items()}}
    place.write_json(INDEX, index)
    return index


def _key(job: TrainingJob) -> str:
    rows = [[use, one.content_id, one.width, one.height] for use, photographs in job.photographs.items() for one in photographs]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def _decode_all(job: TrainingJob, use: str, photographs: list[Photograph], tell) -> list:
    if not photographs:
        return []
    # Photographs that were sent with the job lie beside this package wherever a worker has unpacked it.
    source = None if job.sent_along else job.photographs_place
    groups = [{"shard": start, "rows": [vars(one) for one in photographs[start : start + _A_SHARD]]} for start in range(0, len(photographs), _A_SHARD)]
    work = ray.data.from_items([{"group": json.dumps(group)} for group in groups], override_num_blocks=len(groups))
    rows: list = [None] * len(photographs)
    done = 0
    for result in work.map(lambda row: {"found": json.dumps(_write_shard(source, job.storage, use, json.loads(row["group"])))}).iter_rows():
        for index, row, reason in json.loads(result["found"]):
            rows[index] = row
            done += 1
            if reason is not None:
                tell("skipped", path=photographs[index].path, reason=reason)
        tell("progress", phase="Decoding photographs", done=done, total=len(photographs), unit="photographs")
    return rows


def _write_shard(source: str | None, storage: str, use: str, group: dict) -> list:
    """Returns index, [shard, offset] or None, and why there is none, of each photograph."""
    folder = Place(source or str(HERE / "photographs"))
    name = f"decoded/{use}-{group['shard']:09d}.rgb"
    parts, found, offset = [], [], 0
    for place, row in enumerate(group["rows"]):
        try:
            pixels = _pixels(folder, Photograph(**row))
        except PhotoFault as fault:
            found.append([group["shard"] + place, None, fault.reason])
            continue
        found.append([group["shard"] + place, [name, offset], None])
        parts.append(pixels.tobytes())
        offset += len(parts[-1])
    Place(storage).write(name, b"".join(parts))
    return found


def _pixels(folder: Place, photograph: Photograph) -> np.ndarray:
    try:
        data = folder.read(photograph.path)
    except OSError as error:
        raise PhotoFault("unreadable", f"It cannot be read ({error}).") from error
    if content_id(data) != photograph.content_id:
        raise PhotoFault("unreadable", "It is another one than at the start of the run.")
    return seen(decode(data), photograph.width, photograph.height)


class DecodedPhotographs:
    """Pixels of one use's photographs; those asked for last are kept."""

    def __init__(self, storage: str, photographs: list[Photograph], rows: list) -> None:
        self._place, self.photographs, self._rows = Place(storage), photographs, rows
        self._kept: OrderedDict[int, np.ndarray] = OrderedDict()
        self._bytes = 0

    def readable(self, index: int) -> bool:
        return self._rows[index] is not None

    def pixels(self, index: int) -> np.ndarray:
        """uint8 [height, width, 3]"""
        if index in self._kept:
            self._kept.move_to_end(index)
            return self._kept[index]
        shard, offset = self._rows[index]
        one = self.photographs[index]
        data = self._place.read(shard, offset, one.width * one.height * 3)
        pixels = np.frombuffer(data, np.uint8).reshape(one.height, one.width, 3)
        self._keep(index, pixels)
        return pixels

    def _keep(self, index: int, pixels: np.ndarray) -> None:
        self._kept[index] = pixels
        self._bytes += pixels.nbytes
        while self._bytes > _KEPT_BYTES and len(self._kept) > 1:
            self._bytes -= self._kept.popitem(last=False)[1].nbytes
