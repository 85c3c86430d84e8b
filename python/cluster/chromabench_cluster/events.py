"""What a job tells the program that follows it: a line of its log each."""

import json
import sys
import threading

MARK = "@chromabench "
_lock = threading.Lock()


def tell(event: str, **data) -> None:
    """Writes an event as one line, which no other thread can break into."""
    line = MARK + json.dumps({"event": event, **data}, separators=(",", ":"), allow_nan=False)
    with _lock:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


class Refused(Exception):
    """Why a job cannot be done: a sentence for the person who asked for it, with what to do."""
