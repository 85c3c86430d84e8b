"""Photographs decoded once: pixels at the size they are seen at, one after the other in files that all workers see."""

import hashlib
import json
import uuid
from collections import OrderedDict

import numpy as np
import ray

from .job import HERE, Photograph, TrainingJob
from .photographs import PhotoFault, content_id, decode, read, seen
from .storage import Place

_A_SHARD = 128
_KEPT_BYTES = 256 * 2**20
_INDEX = "index.json"
# Raised when other pixels are kept of the same photograph.
_VERSION = 1


def ensure_shards(job: TrainingJob, tell) -> dict:
    """
    Decodes what is not decoded yet, with Ray Data, and returns the index: of each use a row [shard, offset] a photograph, None where it cannot be read.
    It lies beside the storage of the job, under what it is made of, so that the next job with these photographs finds it.
    """
    place = decoded(job)
    if place.has(_INDEX):
        index, there = place.read_json(_INDEX), set(place.files())
        if all(row is not None and row[0] in there for use in job.photographs for row in index[use]):
            return index
    # What could not be read may be there by now. Shards that another job reads meanwhile are replaced by the same bytes.
    index = {use: _decode_all(job, use, photographs, tell) for use, photographs in job.photographs.items()}
    place.write_json(_INDEX, index)
    return index


def decoded(job: TrainingJob) -> Place:
    """Where the job's photographs lie decoded."""
    return Place(job.storage).beside(_folder(job))


def _folder(job: TrainingJob) -> str:
    rows = [[use, one.content_id, one.width, one.height] for use, photographs in job.photographs.items() for one in photographs]
    key = hashlib.sha256(json.dumps([_VERSION, rows]).encode()).hexdigest()
    return f"chromabench-decoded/{key}"


def _decode_all(job: TrainingJob, use: str, photographs: list[Photograph], tell) -> list:
    if not photographs:
        return []
    # Photographs that were sent with the job lie beside this package wherever a worker has unpacked it.
    source = None if job.sent_along else job.photographs_place
    storage, folder = job.storage, _folder(job)
    groups = [{"shard": start, "rows": [vars(one) for one in photographs[start : start + _A_SHARD]]} for start in range(0, len(photographs), _A_SHARD)]
    work = ray.data.from_items([{"group": json.dumps(group)} for group in groups], override_num_blocks=len(groups))
    rows: list = [None] * len(photographs)
    done = 0
    for result in work.map(lambda row: {"found": json.dumps(_write_shard(source, Place(storage).beside(folder), use, json.loads(row["group"])))}).iter_rows():
        for index, row, reason in json.loads(result["found"]):
            rows[index] = row
            done += 1
            if reason is not None:
                tell("skipped", path=photographs[index].path, reason=reason)
        tell("progress", phase="Decoding photographs", done=done, total=len(photographs), unit="photographs")
    return rows


def _write_shard(source: str | None, shards: Place, use: str, group: dict) -> list:
    """Returns index, [shard, offset] or None, and why there is none, of each photograph. One is in memory at a time."""
    folder = Place(source or str(HERE / "photographs"))
    aside = f"{uuid.uuid4().hex}.rgb"
    offsets, reasons, offset = {}, {}, 0
    with shards.writing(aside) as stream:
        for index, row in enumerate(group["rows"], group["shard"]):
            try:
                pixels = _pixels(folder, Photograph(**row)).tobytes()
            except PhotoFault as fault:
                reasons[index] = fault.reason
                continue
            stream.write(pixels)
            offsets[index] = offset
            offset += len(pixels)
    # Named by what it holds: the same photographs are the same bytes.
    name = f"{use}-{group['shard']:09d}-{hashlib.sha256(json.dumps(sorted(offsets)).encode()).hexdigest()[:16]}.rgb"
    shards.move(aside, name)
    return [*([index, [name, at], None] for index, at in offsets.items()), *([index, None, reason] for index, reason in reasons.items())]


def _pixels(folder: Place, photograph: Photograph) -> np.ndarray:
    data = read(folder, photograph.path)
    if content_id(data) != photograph.content_id:
        raise PhotoFault("unreadable", "It is another one than at the start of the run.")
    return seen(decode(data), photograph.width, photograph.height)


class DecodedPhotographs:
    """Pixels of one use's photographs; those asked for last are kept."""

    def __init__(self, shards: Place, photographs: list[Photograph], rows: list) -> None:
        self._place, self.photographs, self._rows = shards, photographs, rows
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
