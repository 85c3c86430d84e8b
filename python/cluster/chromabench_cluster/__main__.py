"""Entry of every job: python -m chromabench_cluster check | train | fetch."""

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
        tell("failed", message=f"{type(error).__name__}: {str(error).strip().splitlines()[-1] if str(error).strip() else 'no words'}")
    return 1


def _run(command: str, options: dict) -> None:
    if command == "check":
        import ray

        from .checks import demand

        ray.init(log_to_driver=False)
        tell("checked", **demand(**options))
    elif command == "fetch":
        from .fetching import fetch

        fetch(**options)
    elif command == "train":
        from .training import train

        train()
    else:
        raise Refused(f"There is no job of the kind {command}.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
