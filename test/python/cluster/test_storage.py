"""What is written aside, bounded and removed."""

import tempfile
import threading
import unittest
from pathlib import Path

from chromabench_cluster.events import Refused
from chromabench_cluster.fetching import forget
from chromabench_cluster.storage import Place, TooLarge

JOB = "0b6f6f6e-4f0e-4a0c-9a5e-0c1d2e3f4a5b"


class StorageTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.place = Place(folder.name)

    def test_two_who_write_one_file_do_not_meet(self):
        with self.place.writing("deep/one") as first, self.place.writing("deep/one") as second:
            first.write(b"first, and longer")
            second.write(b"second")
        self.assertEqual(self.place.files(), ["deep/one"])
        self.assertEqual(self.place.read("deep/one"), b"first, and longer")

    def test_many_who_write_one_file_leave_one_of_theirs(self):
        texts = [bytes([65 + k]) * 100_000 for k in range(8)]
        threads = [threading.Thread(target=self.place.write, args=("one", text)) for text in texts]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        self.assertIn(self.place.read("one"), texts)
        self.assertEqual(self.place.files(), ["one"])

    def test_what_is_broken_off_leaves_nothing(self):
        self.place.write("one", b"old")
        with self.assertRaises(KeyError), self.place.writing("one") as stream:
            stream.write(b"half")
            raise KeyError
        self.assertEqual((self.place.files(), self.place.read("one")), (["one"], b"old"))

    def test_a_file_that_is_too_large_is_not_read(self):
        self.place.write("one", b"12345")
        self.assertEqual(self.place.read_at_most("one", 5), b"12345")
        with self.assertRaises(TooLarge) as raised:
            self.place.read_at_most("one", 4)
        self.assertEqual(raised.exception.size, 5)

    def test_beside_the_folder_of_an_address(self):
        self.place.write(f"{JOB}/one", b"1")
        beside = Place(f"file://{self.root}/{JOB}").beside("decoded/key")
        beside.write("two", b"2")
        self.assertEqual(self.place.files(), [f"{JOB}/one", "decoded/key/two"])

    def test_only_the_storage_of_a_job_is_forgotten(self):
        self.place.write(f"{JOB}/checkpoints/one", b"1")
        self.place.write("somebodys/two", b"2")
        with self.assertRaises(Refused):
            forget(str(self.root / "somebodys"))
        with self.assertRaises(Refused):
            forget(str(self.root))
        forget(str(self.root / JOB))
        forget(str(self.root / JOB))
        self.assertEqual(self.place.files(), ["somebodys/two"])
