"""Training steps in Python TensorFlow, to be timed beside the program's own.

Reads lines `NETWORK STEPS` (for example `fast 5`) and answers each with one JSON line {"seconds": ..., "cpu": ...} (wall time and processor time). Data is made once and
stays in memory, as on the other side; the first steps of each network are not timed.
"""

import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "1")
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "fixtures"))

import numpy as np
import tensorflow as tf

from networks import Store, train_step

SETTINGS = {
    "seed": dict(bins=200, batch=32, patch=32, grid=16),
    "pyramid": dict(bins=204, batch=16, patch=96, grid=24, hints=True),
    "fast": dict(bins=204, batch=16, patch=144, grid=36),
}


def glorot(generator):
    def start(name, shape):
        field = int(np.prod(shape[:-2]))
        limit = np.sqrt(6 / (field * (shape[-2] + shape[-1])))
        return generator.uniform(-limit, limit, shape).astype(np.float32)

    return start


def prepare(network):
    """A function that makes one step."""
    s = SETTINGS[network]
    generator = np.random.default_rng(1)
    lightness = tf.constant(generator.uniform(0, 100, [s["batch"], s["patch"], s["patch"], 1]).astype(np.float32))
    target = tf.constant(generator.integers(0, s["bins"], [s["batch"], s["grid"], s["grid"]]).astype(np.int32))
    weight = tf.ones(target.shape)
    # The legacy optimizer is the faster one: it applies Adam by one fused kernel for each variable.
    step = train_step(network, Store(glorot(generator)), s["bins"], tf.keras.optimizers.legacy.Adam(1e-4))
    hints = [tf.zeros([s["batch"], s["patch"], s["patch"], 3])] if s.get("hints") else []
    return lambda: step(lightness, target, weight, *hints).numpy()


def main():
    steps = {}
    for line in sys.stdin:
        network, count = line.split()
        if network not in steps:
            steps[network] = prepare(network)
            for _ in range(3):
                steps[network]()
        began, worked = time.perf_counter(), time.process_time()
        for _ in range(int(count)):
            steps[network]()
        print(json.dumps({"seconds": time.perf_counter() - began, "cpu": time.process_time() - worked}), flush=True)


if __name__ == "__main__":
    main()
