"""A training job: its own process starts the workers through Ray Train, and tells what they tell."""

import signal
import threading
import time

import ray
from ray.train import FailureConfig, RunConfig, ScalingConfig
from ray.train.tensorflow import TensorflowTrainer

from .bulletin import open_bulletin
from .checks import demand
from .events import Refused, tell
from .job import TrainingJob
from .shards import ensure_shards
from .storage import Place
from .worker import work

_ASKED_EVERY = 0.3
# Folder of Ray Train in the storage.
_RAYS = "ray"


def train() -> None:
    """Trains to the end, or until SIGTERM, which keeps what there is."""
    job = TrainingJob()
    ray.init(log_to_driver=False)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    demand(workers=job.workers, storage=job.storage, folder=None if job.sent_along else job.photographs_place)
    index = ensure_shards(job, tell)
    if index["training"] and not any(index["training"]):
        raise Refused("None of the photographs can be read by the workers.")
    _Training(job, index, stop).run()


class WorkerFault(Exception):
    """What a worker could not do, and no other worker could in its place."""


class _Training:
    def __init__(self, job: TrainingJob, index: dict, stop: threading.Event) -> None:
        self._job, self._index, self._stop = job, index, stop
        self._bulletin = open_bulletin()
        self._fault: BaseException | None = None

    def run(self) -> None:
        fitting = threading.Thread(target=self._fit, daemon=True)
        fitting.start()
        asked = False
        while fitting.is_alive():
            self._pass_on()
            if self._stop.is_set() and not asked:
                ray.get(self._bulletin.stop.remote())
                asked = True
            time.sleep(_ASKED_EVERY)
        self._pass_on()
        if self._fault is not None:
            raise self._fault
        self._clear()

    def _clear(self) -> None:
        """Removes what Ray Train kept for itself; of no use to anybody."""
        place = Place(self._job.storage)
        if place.is_folder(_RAYS):
            place.remove(_RAYS)

    def _pass_on(self) -> None:
        for event in ray.get(self._bulletin.take.remote()):
            if event["event"] == "failed":
                raise WorkerFault(event["message"])
            tell(**event)

    def _fit(self) -> None:
        trainer = TensorflowTrainer(
            work,
            train_loop_config={"bulletin": self._bulletin, "index": self._index},
            scaling_config=ScalingConfig(num_workers=self._job.workers, resources_per_worker={"CPU": 1}, trainer_resources={"CPU": 0}),
            run_config=RunConfig(name=_RAYS, storage_path=self._job.storage, verbose=0, failure_config=FailureConfig(max_failures=self._job.failures)),
        )
        try:
            trainer.fit()
        except BaseException as error:  # noqa: BLE001 -- raised where the job waits
            self._fault = error
