"""What has to fit before anything runs: programs on every machine, places that every machine sees."""

import sys
import uuid
from contextlib import contextmanager

import ray
from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

from .events import Refused
from .storage import Place

NEEDS = "pip install 'tensorflow>=2.12,<2.17' 'ray[default,data,train]' numpy pyarrow pillow"


@ray.remote(num_cpus=0)
def _look(folder: str | None, storage: str | None, token: str | None) -> dict:
    """What one machine has and sees. token: a file in the storage."""
    from importlib.metadata import PackageNotFoundError, version

    def has(*names: str) -> str | None:
        for name in names:
            try:
                return version(name)
            except PackageNotFoundError:
                continue
        return None

    def sees(look) -> str | None:
        try:
            return None if look() else "it is not there"
        except Exception as error:  # noqa: BLE001 -- whatever keeps a machine from seeing a place is the answer
            return str(error)

    return {
        "python": sys.version.split()[0],
        "tensorflow": has("tensorflow", "tensorflow-cpu", "tensorflow-intel"),
        "pillow": has("pillow"),
        "pyarrow": has("pyarrow"),
        "folder": None if folder is None else sees(lambda: Place(folder).is_folder()),
        "storage": None if token is None else sees(lambda: Place(storage).has(token)),
    }


def demand(*, workers: int, storage: str | None, folder: str | None) -> dict:
    """Looks at every machine. Raises Refused with a sentence; returns what was found."""
    nodes = [node for node in ray.nodes() if node["Alive"]]
    cpus = sum(node["Resources"].get("CPU", 0) for node in nodes)
    if cpus < workers:
        raise Refused(f"The cluster has {cpus:.0f} processors, and {workers} workers need one each: ask for fewer workers, or start more machines.")
    with _token(storage) as token:
        looks = [_look.options(scheduling_strategy=NodeAffinitySchedulingStrategy(node["NodeID"], soft=False)).remote(folder, storage, token) for node in nodes]
        found = dict(zip([node["NodeManagerAddress"] for node in nodes], ray.get(looks)))
    for address, seen in found.items():
        _demand_of(address, seen, folder, storage)
    return {"machines": len(nodes), "processors": cpus, "programs": next(iter(found.values()), {})}


@contextmanager
def _token(storage: str | None):
    """A file in the storage, of a name that nothing else has, which is gone afterwards; None without a storage."""
    if storage is None:
        yield None
        return
    name = f".chromabench-seen-{uuid.uuid4()}"
    try:
        Place(storage).write(name, b"seen")
    except Exception as error:  # noqa: BLE001
        raise Refused(f"The cluster cannot write to the storage {storage} ({error}). Name a place that all its machines see: a shared disk, s3:// or gs://.") from error
    try:
        yield name
    finally:
        Place(storage).remove_file(name)


def _demand_of(address: str, seen: dict, folder: str | None, storage: str | None) -> None:
    missing = [name for name in ("tensorflow", "pillow", "pyarrow") if seen[name] is None]
    if missing:
        raise Refused(f"The machine {address} of the cluster lacks {' and '.join(missing)}. On every machine: {NEEDS}")
    numbers = tuple(int(part) for part in seen["tensorflow"].split(".")[:2])
    if not (2, 12) <= numbers < (2, 17):
        raise Refused(f"The machine {address} of the cluster has TensorFlow {seen['tensorflow']}, which does not fit: 2.12 to 2.16 do. On every machine: {NEEDS}")
    if seen["folder"] is not None:
        raise Refused(f"The machine {address} of the cluster does not see the folder {folder} ({seen['folder']}). Name one that all machines see, or send the photographs along.")
    if seen["storage"] is not None:
        raise Refused(f"The machine {address} of the cluster does not see the storage {storage}. Name a place that all machines see: a shared disk, s3:// or gs://.")
