"""One of the workers that train together: every one of them runs this."""

import math
import os
import queue
import resource
import threading
import time
import traceback

import numpy as np
import ray
import tensorflow as tf

from .bulletin import Teller
from .checkpoints import Checkpoints
from .job import TrainingJob
from .network import Network, SharedNetwork
from .patches import cut_piece
from .random_numbers import Random
from .shards import DecodedPhotographs, decoded
from .targets import Lesson
from .validation import Validation

_AHEAD = 2
_TOLD_EVERY = 1.0


def work(options: dict) -> None:
    """The loop that Ray Train starts in each worker, again after a worker was lost. options: the bulletin, the index of decoded photographs, folder of the job."""
    strategy = tf.distribute.MultiWorkerMirroredStrategy(
        communication_options=tf.distribute.experimental.CommunicationOptions(implementation=tf.distribute.experimental.CommunicationImplementation.RING)
    )
    teller = Teller(options["bulletin"])
    try:
        _Worker(TrainingJob(), strategy, ray.train.get_context().get_world_rank(), teller, options["index"]).run()
    except tf.errors.OpError:
        # What a worker sees when another one is lost: Ray Train starts all of them anew.
        raise
    except Exception as error:  # noqa: BLE001 -- would come again: the job ends with it
        traceback.print_exc()
        teller.tell("failed", message=f"{type(error).__name__}: {error}")
        raise


class _Worker:
    def __init__(self, job: TrainingJob, strategy: tf.distribute.Strategy, rank: int, teller: Teller, index: dict) -> None:
        self.job, self.rank, self.teller = job, rank, teller
        self.network = SharedNetwork(Network(job.network), strategy)
        photographs = {use: DecodedPhotographs(decoded(job), job.photographs[use], index[use]) for use in ("training", "validation")}
        self.lessons = Lessons(job, photographs["training"], rank)
        self.validation = Validation(self.network, photographs["validation"], job.maker(), job.grid, job.validation)
        self.checkpoints = Checkpoints(job.storage)
        self.step, self.best, self.stale = 0, None, 0

    @property
    def leads(self) -> bool:
        return self.rank == 0

    def run(self) -> None:
        self._take_up()
        if self.leads:
            self.teller.tell("began", step=self.step, pid=os.getpid(), gradientBytes=self.network.network.gradient_bytes())
        self._train()

    def _take_up(self) -> None:
        """From the newest checkpoint of this job; else from what it was sent with; else from the start."""
        known = self.checkpoints.all()
        network = self.network.network
        if known:
            self.step, self.best, self.stale = known[-1]["step"], known[-1]["best"], known[-1]["stale"]
            self.checkpoints.restore(network, self.step)
            if self.leads and not self.teller.has_told_checkpoint(self.step):
                # Whoever kept it was lost before it could tell.
                self._tell_checkpoint(known[-1]["validation"])
        elif self.job.start is not None:
            network.run("restore", {"prefix": str(self.job.start)})
            self.step, self.best, self.stale = self.job.best["step"], self.job.best["best"], self.job.best["stale"]
        else:
            network.run("initialize", {"seed": np.array([self.job.config["seed"], 0], np.int32)})

    def _train(self) -> None:
        told = _StepsTold(self.teller if self.leads else None)
        every, patience = self.job.config["checkpoints"]["every"], self.job.config["earlyStopping"]["patience"]
        for step, lesson, waited in self.lessons.after(self.step, self.job.steps):
            begun = time.monotonic()
            feeds = {**lesson.feeds, "random": np.array([self.job.config["seed"] ^ self.rank, step], np.int32)}
            loss, penalty, stopping = self.network.step(feeds, float(self.job.rates[step - 1]), self.leads and self.teller.stopping)
            self.step = step
            told.add(step, loss, penalty, time.monotonic() - begun + waited, waited)
            if not math.isfinite(loss + penalty):
                told.flush()
                return self._end("not-a-number")
            if step % every == 0 or step == self.job.steps:
                told.flush()
                if not self._look_back():
                    return self._end("not-a-number")
                if 0 < patience <= self.stale:
                    return self._end("finished")
            elif stopping:
                told.flush()
                self._keep(None)
            if stopping:
                return self._end("stopped")
        self._end("finished")

    def _look_back(self) -> bool:
        """Validates and keeps a checkpoint. False where the network gives no numbers any more, which every worker finds alike: nothing is kept then."""
        result = self.validation.run(self.rank, self.job.workers)
        if result is not None and not all(math.isfinite(value) for value in result.values()):
            if self.leads:
                self._tell_checkpoint(result)
            return False
        if result is not None:
            better = self.best is None or _is_better(result, self.best, self.job.config["checkpoints"]["best"])
            self.best, self.stale = ({"step": self.step, **result}, 0) if better else (self.best, self.stale + 1)
        self._keep(result)
        return True

    def _keep(self, validation: dict | None) -> None:
        if not self.leads:
            return
        self.checkpoints.save(self.network.network, {"step": self.step, "best": self.best, "stale": self.stale, "validation": validation})
        self.checkpoints.prune(self.job.config["checkpoints"]["keep"], None if self.best is None else self.best["step"])
        self._tell_checkpoint(validation)

    def _tell_checkpoint(self, validation: dict | None) -> None:
        told = {} if validation is None else {"validation": {name: _number(value) for name, value in validation.items()}}
        self.teller.tell("checkpoint", step=self.step, **told)

    def _end(self, state: str) -> None:
        if self.leads:
            self.teller.tell("end", state=state, step=self.step)


class Lessons:
    """What this worker is taught at each step, made ahead by a thread."""

    def __init__(self, job: TrainingJob, photographs: DecodedPhotographs, rank: int) -> None:
        self._job, self._photographs, self._rank = job, photographs, rank
        self._plan, self._maker = job.plan(), job.maker()

    def after(self, step: int, last: int):
        """Yields step, lesson and the seconds waited for it, for the steps after one."""
        made: queue.Queue = queue.Queue(_AHEAD)
        threading.Thread(target=self._make, args=(step, last, made), daemon=True).start()
        for number in range(step + 1, last + 1):
            begun = time.monotonic()
            lesson = made.get()
            if isinstance(lesson, Exception):
                raise lesson
            yield number, lesson, time.monotonic() - begun

    def _make(self, step: int, last: int, made: queue.Queue) -> None:
        try:
            for number in range(step + 1, last + 1):
                made.put(self.lesson(number))
        except Exception as error:  # noqa: BLE001 -- whoever waits for the lesson gets it
            made.put(error)

    def lesson(self, step: int) -> Lesson:
        first = self._rank * self._job.share
        patches = self._plan.patches(step, first, self._job.share)
        squares = np.stack([self._cut(patch, step, first + place) for place, patch in enumerate(patches)])
        most = self._job.config["patches"]["lightness"]
        hints = self._randoms("hints", step) if self._job.takes_hints else None
        return self._maker.make(squares, self._job.grid, hints, (most, self._randoms("lightness", step)) if most > 0 else None)

    def _randoms(self, name: str, step: int) -> list[Random]:
        """Of each of this worker's pieces of a step."""
        first = self._rank * self._job.share
        return [Random(self._job.config["seed"], name, step, first + place) for place in range(self._job.share)]

    def _cut(self, wanted, step: int, slot: int) -> np.ndarray:
        """The piece asked for; where its photograph cannot be read, one of the next that can."""
        count, side = len(self._photographs.photographs), self._job.grid.patch
        for tried in range(count):
            photo = (wanted.photo + tried) % count
            if not self._photographs.readable(photo):
                continue
            return cut_piece(self._photographs.pixels(photo), wanted if tried == 0 else self._plan.replacement(step, slot, photo), side)
        raise RuntimeError("None of the photographs can be read.")


class _StepsTold:
    """Tells losses about once a second, so that a long training does not fill its log."""

    def __init__(self, teller: Teller | None) -> None:
        self._teller = teller
        self._clear()

    def _clear(self) -> None:
        self._steps: list[list] = []
        self._since = time.monotonic()

    def add(self, step: int, loss: float, penalty: float, seconds: float, waited: float) -> None:
        self._steps.append([step, _number(loss), _number(penalty), round(seconds, 5), round(waited, 5)])
        if time.monotonic() - self._since > _TOLD_EVERY:
            self.flush()

    def flush(self) -> None:
        if self._steps and self._teller is not None:
            self._teller.tell("steps", steps=self._steps, memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
        self._clear()


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _is_better(value: dict, other: dict, measure: str) -> bool:
    return value["loss"] < other["loss"] if measure == "loss" else value[measure] > other[measure]
