"""Trainings that diverge, and workers that are lost between keeping a checkpoint and telling it."""

import json
import math
import unittest
from types import SimpleNamespace
from unittest import mock

import numpy as np

from chromabench_cluster import bulletin, events, training, validation
from chromabench_cluster.worker import _Worker

SOUND = {"loss": 2.0, "temperature": 0.38, "auc": 80.0, "aucRebalanced": 70.0, "spread": 0.5}


class Board:
    """A bulletin without Ray."""

    def __init__(self):
        self.events, self.last = [], None

    def tell(self, event, **data):
        # As it goes into the log: anything else than JSON's own numbers is refused.
        json.dumps(data, allow_nan=False)
        self.events.append((event, data))
        self.last = data["step"] if event == "checkpoint" else self.last

    def has_told_checkpoint(self, step):
        return self.last == step


def worker(board, *, rank=0, found=SOUND, kept=()):
    one = _Worker.__new__(_Worker)
    config = {"checkpoints": {"every": 2, "keep": 3, "best": "loss"}, "earlyStopping": {"patience": 0}, "seed": 1}
    lessons = SimpleNamespace(after=lambda step, last: ((n, SimpleNamespace(feeds={}), 0.0) for n in range(step + 1, last + 1)))
    network = SimpleNamespace(network=SimpleNamespace(run=mock.Mock(), gradient_bytes=lambda: 4), step=lambda *_: (1.0, 0.0, False))
    one.__dict__.update(
        job=SimpleNamespace(config=config, steps=4, rates=np.ones(4), workers=2, start=None), rank=rank, teller=board, network=network, lessons=lessons,
        validation=SimpleNamespace(run=lambda *_: found), step=0, best=None, stale=0,
        checkpoints=SimpleNamespace(all=lambda: list(kept), restore=mock.Mock(), save=mock.Mock(), prune=mock.Mock()),
    )  # fmt: skip
    board.stopping = False
    return one


class WorkerTest(unittest.TestCase):
    def test_a_sound_training_keeps_and_tells_its_checkpoints(self):
        board = Board()
        one = worker(board)
        one.run()
        self.assertEqual([data for event, data in board.events if event == "checkpoint"], [{"step": 2, "validation": SOUND}, {"step": 4, "validation": SOUND}])
        self.assertEqual(board.events[-1], ("end", {"state": "finished", "step": 4}))
        self.assertEqual(one.checkpoints.save.call_args.args[1], {"step": 4, "best": {"step": 2, **SOUND}, "stale": 1, "validation": SOUND})

    def test_a_validation_that_is_no_number_ends_it_on_every_worker_and_is_not_kept(self):
        for name in ("loss", "spread"):
            for rank in (0, 1):
                board = Board()
                one = worker(board, rank=rank, found={**SOUND, name: math.nan})
                one.run()
                self.assertEqual(one.step, 2)
                one.checkpoints.save.assert_not_called()
                if rank == 0:
                    self.assertEqual(board.events[-2:], [("checkpoint", {"step": 2, "validation": {**SOUND, name: None}}), ("end", {"state": "not-a-number", "step": 2})])
                else:
                    self.assertEqual(board.events, [])

    def test_a_checkpoint_that_was_kept_and_not_told_is_told_by_whoever_takes_it_up(self):
        kept = [{"step": 2, "best": {"step": 2, **SOUND}, "stale": 0, "validation": SOUND}]
        board = Board()
        worker(board, kept=kept).run()
        self.assertEqual(board.events[:2], [("checkpoint", {"step": 2, "validation": SOUND}), ("began", {"step": 2, "pid": mock.ANY, "gradientBytes": 4})])

    def test_one_that_was_told_is_not_told_again(self):
        kept = [{"step": 2, "best": None, "stale": 0, "validation": None}]
        board = Board()
        board.tell("checkpoint", step=2)
        worker(board, kept=kept).run()
        self.assertEqual([data["step"] for event, data in board.events if event == "checkpoint"], [2, 4])
        worker(Board(), rank=1, kept=kept).run()


class BulletinTest(unittest.TestCase):
    def test_remembers_the_last_checkpoint_though_it_was_taken(self):
        board = bulletin.Bulletin.__ray_metadata__.modified_class()
        self.assertIsNone(board.checkpoint())
        board.add("checkpoint", {"step": 2})
        board.add("steps", {"steps": []})
        board.take()
        self.assertEqual((board.checkpoint(), board.take()), (2, []))

    def test_lies_on_the_machine_of_whoever_opens_it(self):
        node = "0" * 56
        with mock.patch.object(bulletin, "Bulletin") as opened, mock.patch.object(bulletin.ray, "get_runtime_context", lambda: SimpleNamespace(get_node_id=lambda: node)):
            training.open_bulletin()
        strategy = opened.options.call_args.kwargs["scheduling_strategy"]
        self.assertEqual((strategy.node_id, strategy.soft), (node, False))


class ValidationTest(unittest.TestCase):
    def result(self, broken):
        """Of a network whose answer holds these."""
        ab = np.zeros((1, 4, 4, 2), np.float32)
        ab[0, 0, 0] = broken
        value = lambda array: SimpleNamespace(numpy=lambda: array)
        answers = {"evaluate": {"loss": 1.0}, "predict": {"logits": None}, "anneal": {"ab": value(ab)}}
        network = SimpleNamespace(network=SimpleNamespace(run=lambda name, *_: answers[name]), sums=lambda values: values)
        pictures = SimpleNamespace(photographs=[0], readable=lambda _: True, pixels=lambda _: np.zeros((8, 8, 3), np.uint8))
        truth = np.random.default_rng(1).normal(0, 10, (1, 4, 4, 2)).astype(np.float32)
        maker = SimpleNamespace(make=lambda *_: SimpleNamespace(feeds={"lightness": None}, truth=truth))
        settings = {"side": 8, "together": 1, "temperatures": [1, 0.38]}
        return validation.Validation(network, pictures, maker, SimpleNamespace(border=0, stride=2), settings).run(0, 1)

    def test_numbers_that_are_none_are_told_as_such(self):
        self.assertTrue(all(math.isfinite(value) for value in self.result(0).values()))
        for broken in (math.nan, math.inf, -math.inf):
            with np.errstate(all="ignore"):
                self.assertFalse(math.isfinite(self.result(broken)["spread"]))


class ClearTest(unittest.TestCase):
    def test_only_ray_trains_own_folder_is_removed(self):
        import tempfile

        from chromabench_cluster.storage import Place

        with tempfile.TemporaryDirectory() as folder:
            place = Place(folder)
            place.write("ray/deep/one", b"1")
            place.write("checkpoints/two", b"2")
            one = training._Training.__new__(training._Training)
            one._job = SimpleNamespace(storage=folder)
            one._clear()
            one._clear()
            self.assertEqual(place.files(), ["checkpoints/two"])


class EventsTest(unittest.TestCase):
    def test_what_is_no_number_is_never_written(self):
        with self.assertRaises(ValueError):
            events.tell("checkpoint", step=1, validation={"loss": math.nan})
