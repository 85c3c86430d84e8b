#!/usr/bin/env python3
"""Reads a TensorBoard event file with TensorBoard itself, checksums included, and prints each scalar's steps and values.

Usage: read_events.py EVENT_FILE        needs: pip install tensorboard
"""
import json
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator


def main(path):
    events = EventAccumulator(path)
    events.Reload()
    scalars = {tag: [[e.step, e.wall_time, round(e.value, 6)] for e in events.Scalars(tag)] for tag in events.Tags()['scalars']}
    print(json.dumps(scalars, indent=1))


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
