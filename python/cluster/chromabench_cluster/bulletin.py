"""What workers and the job's own process say to each other: events one way, the wish to stop the other."""

import time

import ray
from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

_ASKED_EVERY = 0.5


@ray.remote(num_cpus=0)
class Bulletin:
    """Lives as long as the job, on the job's own machine: only with that one is it lost."""

    def __init__(self) -> None:
        self._events: list[dict] = []
        self._stopping = False
        self._checkpoint: int | None = None

    def add(self, event: str, data: dict) -> None:
        if event == "checkpoint":
            self._checkpoint = data["step"]
        self._events.append({"event": event, **data})

    def take(self) -> list[dict]:
        taken, self._events = self._events, []
        return taken

    def checkpoint(self) -> int | None:
        """Step of the last one that was told."""
        return self._checkpoint

    def stop(self) -> None:
        self._stopping = True

    def stopping(self) -> bool:
        return self._stopping


def open_bulletin():
    """Pins it to the machine of whoever opens it."""
    here = ray.get_runtime_context().get_node_id()
    return Bulletin.options(scheduling_strategy=NodeAffinitySchedulingStrategy(here, soft=False)).remote()


class Teller:
    """A worker's end of the bulletin."""

    def __init__(self, bulletin) -> None:
        self._bulletin = bulletin
        self._asked = 0.0
        self._stopping = False

    def tell(self, event: str, **data) -> None:
        ray.get(self._bulletin.add.remote(event, data))

    def has_told_checkpoint(self, step: int) -> bool:
        return ray.get(self._bulletin.checkpoint.remote()) == step

    @property
    def stopping(self) -> bool:
        """Whether the job has been asked to stop; looked up now and then."""
        if not self._stopping and time.monotonic() - self._asked > _ASKED_EVERY:
            self._stopping = ray.get(self._bulletin.stopping.remote())
            self._asked = time.monotonic()
        return self._stopping
