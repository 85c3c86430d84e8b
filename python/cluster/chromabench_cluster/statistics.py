"""Looking through photographs with Ray Data: what each file is, and how its colours are distributed; then the colours of those that are learnt from."""

import base64
import gzip
import hashlib
import io
import json
import zlib

import numpy as np
import ray

from .colour import CELLS, PARTS, ColourCounts, ColourTables, count_colours
from .events import tell
from .job import HERE
from .photographs import PhotoFault, content_id, decode, read
from .storage import Place

# The rules of src/main/core/photos: content-facts.ts, colourfulness.ts, skipped-names.ts.
_SHORTEST_SIDE = 48
_GRAY_CHROMA, _GRAY_SHARE = 4, 0.99
_SKIPPED = {"@eadir", "thumbnails", "_thumbnails", "thumbs", "_thumbs", "__macosx", "node_modules", "$recycle.bin", "#recycle", "system volume information", "lost+found", "thumbs.db", "ehthumbs.db", "desktop.ini"}
_A_BLOCK = 256
RECORDS, COUNTS, COLOURS = "statistics/records.json.gz", "statistics/counts", "statistics/colours.json.gz"


def look_through(place: str, storage: str, only: list[str]) -> None:
    """Writes a record of every file, and the colours of every photograph, into the storage."""
    ray.init(log_to_driver=False)
    listed = [path for path in Place(place).files() if not only or any(path.startswith(f"{name}/") for name in only)]
    paths = [path for path in listed if _skipped(path) is None]
    blocks = [{"start": start, "paths": paths[start : start + _A_BLOCK]} for start in range(0, len(paths), _A_BLOCK)]
    skipped = {part for part in map(_skipped, listed) if part is not None}
    records = [{"path": path, "fate": "skipped", "reason": "Hidden, or what a system or another program keeps here."} for path in skipped]
    if blocks:
        work = ray.data.from_items([{"block": json.dumps(block)} for block in blocks], override_num_blocks=len(blocks))
        for row in work.map(lambda row: {"records": json.dumps(_look_block(place, storage, json.loads(row["block"])))}).iter_rows():
            records += json.loads(row["records"])
            tell("progress", phase="Reading photographs on the cluster", done=len(records) - len(skipped), total=len(paths), unit="files")
    records.sort(key=lambda record: _walk_order(record["path"]))
    Place(storage).write(RECORDS, gzip.compress(json.dumps(records).encode()))
    tell("counted", files=len(paths), photographs=sum("fate" not in record for record in records))


def _skipped(path: str) -> str | None:
    """The file, or the first folder on the way to it, that no one means; None where it is meant."""
    parts = path.split("/")
    for depth, part in enumerate(parts):
        if part.startswith(".") or part.lower() in _SKIPPED:
            return "/".join(parts[: depth + 1])
    return None


def _walk_order(path: str) -> list[tuple[int, bytes]]:
    """As a folder is walked: its files by name, then its subfolders."""
    parts = path.split("/")
    return [(int(depth < len(parts) - 1), part.encode("utf-16-be")) for depth, part in enumerate(parts)]


def _look_block(place: str, storage: str, block: dict) -> list[dict]:
    folder, tables = Place(place), ColourTables.read(HERE / "colour.f64")
    records, counted = [], {}
    for offset, path in enumerate(block["paths"]):
        try:
            record, counts = _look(folder, path, tables)
            counted[str(offset)] = _table(counts)
            records.append({"path": path, "block": block["start"], "row": offset, **record})
        except PhotoFault as fault:
            records.append({"path": path, "fate": fault.fate, "reason": fault.reason})
    packed = io.BytesIO()
    np.savez_compressed(packed, **counted)
    Place(storage).write(f"{COUNTS}-{block['start']:012d}.npz", packed.getvalue())
    return records


def _look(folder: Place, path: str, tables: ColourTables) -> tuple[dict, ColourCounts]:
    data = read(folder, path)
    rgb = decode(data)
    height, width = rgb.shape[:2]
    if min(height, width) < _SHORTEST_SIDE:
        raise PhotoFault("too-small", f"{width} x {height} pixels; a photograph needs at least {_SHORTEST_SIDE} on each side.")
    counts = count_colours(rgb, tables)
    chroma = np.sqrt(counts.mean_a**2 + counts.mean_b**2)
    if counts.counts[chroma < _GRAY_CHROMA].sum() >= _GRAY_SHARE * counts.pixels:
        raise PhotoFault("gray", f"Gray, or nearly so in {100 * _GRAY_SHARE:.0f} % of its pixels: there is no colour to learn from.")
    return {"contentId": content_id(data), "width": width, "height": height, "pixelsId": _pixels_id(rgb, counts)}, counts


def _pixels_id(rgb: np.ndarray, counts: ColourCounts) -> str:
    """Equal for equal pixels, however they are stored."""
    head = np.array([rgb.shape[1], rgb.shape[0], zlib.crc32(np.ascontiguousarray(rgb))], "<u4")
    parts = [head, counts.cells.astype("<u2"), counts.counts.astype("<u4"), counts.mean_a.astype("<f4"), counts.mean_b.astype("<f4")]
    return base64.urlsafe_b64encode(hashlib.sha256(b"".join(part.tobytes() for part in parts)).digest()).decode()[:22]


def _table(counts: ColourCounts) -> np.ndarray:
    """Cells, pixels, and the sums of the means in 1/256: whole numbers, so that sums are the same in any order. int64 [4, n]"""
    sums = [counts.counts * np.round(mean * PARTS).astype(np.int64) for mean in (counts.mean_a, counts.mean_b)]
    return np.stack([counts.cells, counts.counts, *sums])


def add_up(storage: str) -> None:
    """Adds up the colours of the photographs that `wanted.json` names by block and row; what was kept of each is removed."""
    ray.init(log_to_driver=False)
    rows: dict[int, list[int]] = {}
    for block, row in json.loads((HERE / "wanted.json").read_text("utf-8")):
        rows.setdefault(block, []).append(row)
    work = ray.data.from_items([{"block": block, "rows": json.dumps(wanted)} for block, wanted in rows.items()], override_num_blocks=len(rows))
    total = np.zeros((3, CELLS * CELLS), np.int64)
    for result in work.map(lambda row: {"sums": _sums(storage, row["block"], json.loads(row["rows"])).tobytes()}).iter_rows():
        total += np.frombuffer(result["sums"], np.int64).reshape(total.shape)
    cells = np.flatnonzero(total[0])
    colours = {"pixels": int(total[0].sum()), "cells": cells.tolist(), "counts": total[0, cells].tolist(), "sumA": total[1, cells].tolist(), "sumB": total[2, cells].tolist()}
    kept = Place(storage)
    kept.write(COLOURS, gzip.compress(json.dumps(colours).encode()))
    for path in [path for path in kept.files("statistics") if path != COLOURS]:
        kept.remove_file(path)


def _sums(storage: str, block: int, rows: list[int]) -> np.ndarray:
    """Pixels, sums of a and of b by cell. int64 [3, 48400]"""
    total = np.zeros((3, CELLS * CELLS), np.int64)
    with np.load(io.BytesIO(Place(storage).read(f"{COUNTS}-{block:012d}.npz"))) as tables:
        for row in rows:
            cells, *values = tables[str(row)]
            total[:, cells] += np.stack(values)
    return total
