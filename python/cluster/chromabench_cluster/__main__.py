"""Entry of every job: python -m chromabench_cluster check | statistics | colours | train | fetch | forget."""

import json
import sys
import traceback

from .events import Refused, tell


def main(command: str, arguments: list[str]) -> int:
    try:
        _run(command, json.loads(arguments[0]) if arguments else {})
        return 0
    except Refused as refusal:
        tell("refused", message=str(refusal))
    except Exception as error:  # noqa: BLE001 -- the last word of the job
        traceback.print_exc()
        tell("failed", message=_words(error))
    return 1


def _words(error: Exception) -> str:
    """The last line of an error, which in nested ones is that of the first cause."""
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[-1][:500] if lines else 'no words'}"


def _run(command: str, options: dict) -> None:
    if command == "check":
        import ray

        from .checks import demand

        ray.init(log_to_driver=False)
        tell("checked", **demand(**options))
    elif command == "fetch":
        from .fetching import fetch

        fetch(**options)
    elif command == "forget":
        from .fetching import forget

        forget(**options)
    elif command == "statistics":
        from .statistics import look_through

        look_through(**options)
    elif command == "colours":
        from .statistics import add_up

        add_up(**options)
    elif command == "train":
        from .training import train

        train()
    else:
        raise Refused(f"There is no job of the kind {command}.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
