"""Checkpoints where all workers see them: TensorFlow's files under the names of every run, and last a file that says they are whole."""

import os
import tempfile

from .network import Network
from .storage import Place

_WHOLE = "whole.json"
_PREFIX = "model.ckpt"


def step_name(step: int) -> str:
    return f"step-{step:06d}"


class Checkpoints:
    def __init__(self, storage: str) -> None:
        self._place = Place(storage)

    def all(self) -> list[dict]:
        """What is known of each whole checkpoint, by ascending step."""
        folders = [name for name in self._place.folders("checkpoints") if self._place.has(f"checkpoints/{name}/{_WHOLE}")]
        return sorted((self._place.read_json(f"checkpoints/{name}/{_WHOLE}") for name in folders), key=lambda one: one["step"])

    def save(self, network: Network, known: dict) -> None:
        """known: the step, and what a worker that goes on from here has to know."""
        folder = f"checkpoints/{step_name(known['step'])}"
        with tempfile.TemporaryDirectory() as aside:
            network.run("save", {"prefix": os.path.join(aside, _PREFIX)})
            for name in sorted(os.listdir(aside)):
                with open(os.path.join(aside, name), "rb") as file:
                    self._place.write(f"{folder}/{name}", file.read())
        self._place.write_json(f"{folder}/{_WHOLE}", known)

    def restore(self, network: Network, step: int) -> None:
        folder = f"checkpoints/{step_name(step)}"
        with tempfile.TemporaryDirectory() as aside:
            for name in (f"{_PREFIX}.index", f"{_PREFIX}.data-00000-of-00001"):
                with open(os.path.join(aside, name), "wb") as file:
                    file.write(self._place.read(f"{folder}/{name}"))
            network.run("restore", {"prefix": os.path.join(aside, _PREFIX)})

    def prune(self, keep: int, best: int | None) -> None:
        """Removes all but the newest few and the best."""
        for one in self.all()[:-keep]:
            if one["step"] != best:
                self._place.remove(f"checkpoints/{step_name(one['step'])}")
