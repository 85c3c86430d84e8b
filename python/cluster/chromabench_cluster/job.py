"""What a training job is sent with: files beside this package, written by the program (src/main/core/cluster/training-package.ts)."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from .colour import ColourTables
from .patches import PatchPlan
from .targets import AnswerGrid, BinEncoder, LessonMaker

HERE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Photograph:
    """path: relative to the folder. width, height: as it is seen."""

    path: str
    content_id: str
    width: int
    height: int


class TrainingJob:
    """The job in a folder: what to train, on what, and where to keep it."""

    def __init__(self, folder: Path = HERE) -> None:
        self.folder = folder
        settings = self._json("job.json")
        self.config, self.steps, self.workers = settings["config"], settings["steps"], settings["workers"]
        self.storage, self.takes_hints, self.validation = settings["storage"], settings["takesHints"], settings["validation"]
        self.photographs_place = settings["folder"] or str(folder / "photographs")
        self.sent_along = settings["folder"] is None
        self.grid = AnswerGrid(**settings["grid"])
        self.best = settings["best"]
        self.failures = settings["failures"]

    def _json(self, name: str):
        return json.loads((self.folder / name).read_text("utf-8"))

    @cached_property
    def photographs(self) -> dict[str, list[Photograph]]:
        """By use: training, validation."""
        return {use: [Photograph(*row) for row in rows] for use, rows in self._json("photographs.json").items()}

    @cached_property
    def rates(self) -> np.ndarray:
        """Learning rate of each step, from the first on. float32 [steps]"""
        return np.frombuffer((self.folder / "rates.f32").read_bytes(), "<f4")

    @cached_property
    def tables(self) -> ColourTables:
        return ColourTables.read(self.folder / "colour.f64")

    @property
    def network(self) -> bytes:
        return (self.folder / "network" / "saved_model.pb").read_bytes()

    @property
    def start(self) -> Path | None:
        """The checkpoint that the job goes on from, as TensorFlow's prefix; None where it begins."""
        folder = self.folder / "start"
        return folder / "model.ckpt" if folder.is_dir() else None

    @property
    def share(self) -> int:
        """Pieces of a step that one worker takes."""
        return self.config["patches"]["batch"] // self.workers

    def plan(self) -> PatchPlan:
        patches = self.config["patches"]
        sizes = [(one.width, one.height) for one in self.photographs["training"]]
        return PatchPlan(sizes, seed=self.config["seed"], side=self.grid.patch, cut=patches["cut"], batch=patches["batch"], flips=patches["flips"], zoom=patches["zoom"])

    def maker(self) -> LessonMaker:
        encoder = BinEncoder(self.config["encoding"], self._json("prior.json")["bins"], self.folder)
        return LessonMaker(encoder, self.tables)
