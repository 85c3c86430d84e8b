"""What workers and the job's own process say to each other: events one way, the wish to stop the other."""

import time

import ray

_ASKED_EVERY = 0.5


@ray.remote(num_cpus=0)
class Bulletin:
    """Lives as long as the job."""

    def __init__(self) -> None:
        self._events: list[dict] = []
        self._stopping = False

    def add(self, event: str, data: dict) -> None:
        self._events.append({"event": event, **data})

    def take(self) -> list[dict]:
        taken, self._events = self._events, []
        return taken

    def stop(self) -> None:
        self._stopping = True

    def stopping(self) -> bool:
        return self._stopping


class Teller:
    """A worker's end of the bulletin."""

    def __init__(self, bulletin) -> None:
        self._bulletin = bulletin
        self._asked = 0.0
        self._stopping = False

    def tell(self, event: str, **data) -> None:
        ray.get(self._bulletin.add.remote(event, data))

    @property
    def stopping(self) -> bool:
        """Whether the job has been asked to stop; looked up now and then."""
        if not self._stopping and time.monotonic() - self._asked > _ASKED_EVERY:
            self._stopping = ray.get(self._bulletin.stopping.remote())
            self._asked = time.monotonic()
        return self._stopping
