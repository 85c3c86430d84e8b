"""Epochs of the activation post's network in Python TensorFlow, data included, to be timed beside the program's own.

Reads lines `PICTURES` and answers each with one JSON line {"seconds": ...}: one epoch over so many made-up digits (784-1024-128-10, Adam 1e-4,
batch 60, tf.function), shuffled and fed by tf.data. The first epoch, over few digits, is not timed.
"""

import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "1")

import numpy as np
import tensorflow as tf

BATCH = 60


def network():
    initializer = tf.keras.initializers.GlorotUniform(seed=1)
    sizes = [784, 1024, 128, 10]
    return [
        (tf.Variable(initializer([inputs, outputs])), tf.Variable(tf.zeros([outputs])))
        for inputs, outputs in zip(sizes, sizes[1:])
    ]


def main():
    layers = network()
    variables = [v for layer in layers for v in layer]
    optimizer = tf.keras.optimizers.legacy.Adam(1e-4)

    @tf.function(input_signature=[tf.TensorSpec([None, 784], tf.uint8), tf.TensorSpec([None], tf.int32)])
    def step(pixels, labels):
        with tf.GradientTape() as tape:
            x = tf.cast(pixels, tf.float32) / 255.0
            for k, (weights, bias) in enumerate(layers):
                x = x @ weights + bias
                if k < len(layers) - 1:
                    x = tf.nn.relu(x)
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, x))
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        return loss

    def epoch(pixels, labels):
        data = tf.data.Dataset.from_tensor_slices((pixels, labels)).shuffle(len(labels)).batch(BATCH).prefetch(4)
        for batch in data:
            loss = step(*batch)
        return float(loss)

    generator = np.random.default_rng(1)

    def digits(count):
        return generator.integers(0, 256, [count, 784]).astype(np.uint8), generator.integers(0, 10, [count]).astype(np.int32)

    epoch(*digits(600))
    for line in sys.stdin:
        data = digits(int(line))
        began = time.perf_counter()
        epoch(*data)
        print(json.dumps({"seconds": time.perf_counter() - began}), flush=True)


if __name__ == "__main__":
    main()
