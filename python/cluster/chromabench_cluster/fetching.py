"""Files of a job's storage as lines of a log, for a program that sees nothing of the cluster but its jobs."""

import base64
import hashlib
import uuid

from .events import Refused, tell
from .storage import Place

_PIECE = 3 * 2**18


def fetch(storage: str, paths: list[str]) -> None:
    """Tells the files one after the other in pieces, each with its checksum at the end."""
    place = Place(storage)
    for path in paths:
        data = place.read(path)
        for start in range(0, len(data), _PIECE):
            tell("piece", path=path, data=base64.b64encode(data[start : start + _PIECE]).decode())
        tell("file", path=path, bytes=len(data), sha256=hashlib.sha256(data).hexdigest())


def forget(storage: str) -> None:
    """Removes what a job kept in a storage of its own, when all of it is fetched. Decoded photographs, which lie beside it, stay for the next job."""
    place = Place(storage)
    try:
        uuid.UUID(place.name)
    except ValueError:
        raise Refused(f"{storage} is not the storage of one job: it is left as it is.") from None
    if place.is_folder():
        place.remove("")
