"""Photographs decoded once for every job that has them, and what is found out of them and kept no longer than it is needed."""

import io
import json
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import numpy as np
from PIL import Image

from chromabench_cluster import shards, statistics
from chromabench_cluster.job import Photograph
from chromabench_cluster.photographs import content_id
from chromabench_cluster.storage import Place


class Here:
    """Ray Data's part, in this process."""

    def __init__(self, rows):
        self.rows = rows

    def map(self, work):
        return Here([work(row) for row in self.rows])

    def iter_rows(self):
        return iter(self.rows)


def ray_here():
    return SimpleNamespace(data=SimpleNamespace(from_items=lambda items, **_: Here(items)), init=lambda **_: None)


class ShardsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder, self.root = Path(folder.name) / "photographs", Path(folder.name) / "storage"
        self.folder.mkdir()
        self.pixels, self.photographs = {}, []
        for k in range(5):
            name, pixels = f"{k}.png", np.random.default_rng(k).integers(0, 256, (6 + k, 8, 3), np.uint8)
            Image.fromarray(pixels).save(self.folder / name)
            self.pixels[name] = pixels
            self.photographs.append(Photograph(name, content_id((self.folder / name).read_bytes()), 8, 6 + k))
        patched = [mock.patch.object(shards, "ray", ray_here()), mock.patch.object(shards, "_A_SHARD", 2)]
        for patch in patched:
            patch.start()
            self.addCleanup(patch.stop)
        self.decode = mock.Mock(wraps=shards.decode)
        patch = mock.patch.object(shards, "decode", self.decode)
        patch.start()
        self.addCleanup(patch.stop)
        self.told = []

    def job(self, name, photographs=None):
        return SimpleNamespace(storage=str(self.root / name), sent_along=False, photographs_place=str(self.folder), photographs={"training": photographs or self.photographs, "validation": []})

    def ensure(self, job):
        return shards.ensure_shards(job, lambda event, **data: self.told.append((event, data)))

    def expect_pixels(self, job, index, but=()):
        kept = shards.DecodedPhotographs(shards.decoded(job), self.photographs, index["training"])
        for k, one in enumerate(self.photographs):
            self.assertEqual(kept.readable(k), one.path not in but)
            if one.path not in but:
                np.testing.assert_array_equal(kept.pixels(k), self.pixels[one.path])

    def test_the_next_job_finds_what_one_has_decoded(self):
        first, second = self.job("first"), self.job("second")
        self.expect_pixels(first, self.ensure(first))
        before = Place(str(self.root)).files()
        self.decode.reset_mock()
        self.expect_pixels(second, self.ensure(second))
        self.decode.assert_not_called()
        self.assertEqual(Place(str(self.root)).files(), before)
        self.assertFalse(any("aside" in name for name in before))

    def test_other_photographs_or_sizes_are_decoded_for_themselves(self):
        self.ensure(self.job("first"))
        self.decode.reset_mock()
        self.ensure(self.job("second", self.photographs[:3]))
        self.assertEqual(self.decode.call_count, 3)

    def test_what_could_not_be_read_is_tried_again_and_disturbs_nobody(self):
        data = (self.folder / "1.png").read_bytes()
        (self.folder / "1.png").unlink()
        first, second = self.job("first"), self.job("second")
        without = self.ensure(first)
        self.expect_pixels(first, without, but=["1.png"])
        self.assertEqual([data["path"] for event, data in self.told if event == "skipped"], ["1.png"])
        (self.folder / "1.png").write_bytes(data)
        self.expect_pixels(second, self.ensure(second))
        # Whoever began before reads on by the index of then.
        self.expect_pixels(first, without, but=["1.png"])

    def test_shards_that_somebody_has_removed_are_made_again(self):
        self.ensure(self.job("first"))
        place = shards.decoded(self.job("first"))
        place.remove_file(next(name for name in place.files() if name.endswith(".rgb")))
        second = self.job("second")
        self.expect_pixels(second, self.ensure(second))

    def test_one_photograph_is_in_memory_at_a_time(self):
        written = []
        stream = SimpleNamespace(write=lambda data: written.append(len(data)))
        place = mock.MagicMock()
        place.writing.return_value.__enter__.return_value = stream
        shards._write_shard(str(self.folder), place, "training", {"shard": 0, "rows": [vars(one) for one in self.photographs]})
        self.assertEqual(written, [pixels.nbytes for pixels in self.pixels.values()])


class AddUpTest(unittest.TestCase):
    def test_what_was_kept_of_every_photograph_goes_when_it_is_added_up(self):
        with tempfile.TemporaryDirectory() as folder:
            place, here = Place(folder), Path(folder) / "here"
            packed = io.BytesIO()
            np.savez_compressed(packed, **{"0": np.array([[7], [3], [30], [60]]), "2": np.array([[7], [2], [20], [40]])})
            place.write(f"{statistics.COUNTS}-{0:012d}.npz", packed.getvalue())
            place.write(statistics.RECORDS, b"")
            here.mkdir()
            (here / "wanted.json").write_text(json.dumps([[0, 0], [0, 2]]))
            with mock.patch.object(statistics, "ray", ray_here()), mock.patch.object(statistics, "HERE", here):
                statistics.add_up(folder)
            self.assertEqual(place.files("statistics"), [statistics.COLOURS])
