"""A look at a cluster leaves a storage as it was."""

import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chromabench_cluster import checks
from chromabench_cluster.events import Refused
from chromabench_cluster.storage import Place

FITTING = {"python": "3.11", "tensorflow": "2.15.1", "pillow": "10", "pyarrow": "14", "folder": None, "storage": None}
NODE = {"Alive": True, "Resources": {"CPU": 4}, "NodeID": "a", "NodeManagerAddress": "10.0.0.1"}


class ChecksTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        (self.root / "seen").mkdir()
        (self.root / "seen" / "mine.txt").write_text("mine")
        self.during = []

    def files(self):
        return Place(str(self.root)).files()

    def demand(self, changes=None, get=None):
        look = mock.Mock()
        look.options.return_value.remote.side_effect = lambda folder, storage, token: (self.during.extend(self.files()), {**FITTING, "storage": None if Place(storage).has(token) else "gone", **(changes or {})})[1]
        with mock.patch.object(checks, "_look", look), mock.patch.object(checks.ray, "nodes", lambda: [NODE]), mock.patch.object(checks.ray, "get", get or (lambda looks: looks)):
            with mock.patch.object(checks, "NodeAffinitySchedulingStrategy"):
                return checks.demand(workers=2, storage=str(self.root), folder=None)

    def test_a_folder_of_the_same_name_stays(self):
        self.assertEqual(self.demand()["machines"], 1)
        self.assertEqual(self.files(), ["seen/mine.txt"])
        [token] = [name for name in self.during if name != "seen/mine.txt"]
        self.assertRegex(token, r"^\.chromabench-seen-[0-9a-f-]{36}$")

    def test_a_look_that_is_refused_leaves_nothing(self):
        with self.assertRaisesRegex(Refused, "TensorFlow 2.3.0"):
            self.demand({"tensorflow": "2.3.0"})
        self.assertEqual(self.files(), ["seen/mine.txt"])

    def test_a_look_that_fails_leaves_nothing(self):
        def fail(_):
            raise RuntimeError("lost")

        with self.assertRaisesRegex(RuntimeError, "lost"):
            self.demand(get=fail)
        self.assertEqual(self.files(), ["seen/mine.txt"])

    def test_two_looks_at_once_do_not_meet(self):
        def get(looks):
            # Another one begins and ends meanwhile; what this one is looking for is still there.
            self.demand()
            self.assertEqual(len([name for name in self.files() if name.startswith(".chromabench-seen-")]), 1)
            return looks

        self.demand(get=get)
        self.assertEqual(self.files(), ["seen/mine.txt"])
