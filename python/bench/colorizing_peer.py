#!/usr/bin/env python3
"""Colorizes a folder in Python TensorFlow, from file to file, as one would write it to be fast.

Usage: colorizing_peer.py GRAPH FOLDER OUT

GRAPH is an exported run: lightness float32 [batch, height, width, 1], 0..100, to ab [batch, h, w, 2]; FOLDER holds square JPEGs of one size. Files are read and
decoded in parallel (tf.data), eight pictures are seen at a time at the size trained at, ab is brought to full size bilinearly (the program itself
does more: it follows the edges of the lightness), and threads write PNG. Every operation on pixels is TensorFlow's, in float32; colours outside sRGB are clipped. Prints one JSON
line: photographs, seconds (without starting TensorFlow and without the first batch's preparations), cpuSeconds, peakBytes.
"""

import json
import os
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np
import tensorflow as tf

BATCH = 8
TO_XYZ = np.array([[0.412453, 0.357580, 0.180423], [0.212671, 0.715160, 0.072169], [0.019334, 0.119193, 0.950227]], np.float32)
WHITE = np.array([0.95047, 1.0, 1.08883], np.float32)
LUMINANCE = tf.constant(TO_XYZ[1])
FROM_XYZ = tf.constant((np.linalg.inv(TO_XYZ) * WHITE).T.astype(np.float32))


def lightness(rgb):
    """L of sRGB bytes: uint8 [height, width, 3] to float32 [height, width, 1]."""
    value = tf.cast(rgb, tf.float32) / 255
    linear = tf.where(value > 0.04045, ((value + 0.055) / 1.055) ** 2.4, value / 12.92)
    y = tf.reduce_sum(linear * LUMINANCE, axis=-1, keepdims=True)
    return 116 * tf.where(y > 0.008856, y ** (1 / 3), 7.787 * y + 16 / 116) - 16


def srgb(light, ab):
    """sRGB bytes of L [batch, height, width, 1] and ab [batch, height, width, 2]."""
    fy = (light + 16) / 116
    f = tf.concat([fy + ab[..., :1] / 500, fy, fy - ab[..., 1:] / 200], -1)
    xyz = tf.where(f > 0.206893, f * f * f, (f - 16 / 116) / 7.787)
    linear = tf.clip_by_value(tf.tensordot(xyz, FROM_XYZ, 1), 0.0, 1.0)
    value = tf.where(linear > 0.0031308, 1.055 * linear ** (1 / 2.4) - 0.055, linear * 12.92)
    return tf.cast(tf.round(value * 255), tf.uint8)


def opened(path):
    """The frozen graph as a function of one tensor, and the side at which it sees pictures."""
    graph = tf.compat.v1.GraphDef.FromString(Path(path).read_bytes())
    side = next(node.attr["_seen_side"].i for node in graph.node if node.name == "lightness")
    wrapped = tf.compat.v1.wrap_function(lambda: tf.import_graph_def(graph, name=""), [])
    return wrapped.prune("lightness:0", "ab:0"), side


def main():
    graph, folder, out = sys.argv[1:]
    network, side = opened(graph)
    files = sorted(str(path) for path in Path(folder).rglob("*.jpg"))
    Path(out).mkdir(parents=True)

    def read(path):
        light = lightness(tf.io.decode_jpeg(tf.io.read_file(path), channels=3))
        return path, light, tf.image.resize(light, [side, side], antialias=True)

    @tf.function(reduce_retracing=True)
    def colorize(light, seen):
        ab = tf.image.resize(network(seen), tf.shape(light)[1:3])
        return srgb(light, ab)

    def write(names, pictures):
        for name, picture in zip(names, pictures):
            tf.io.write_file(name, tf.io.encode_png(picture))

    data = tf.data.Dataset.from_tensor_slices(files).map(read, num_parallel_calls=tf.data.AUTOTUNE).batch(BATCH).prefetch(2)
    # Compiles and plans what the first batch would wait for.
    for _, light, seen in data.take(1):
        colorize(light, seen)
    began, worked = time.perf_counter(), time.process_time()
    done, written = 0, []
    # Pictures are encoded and written while the next ones are seen.
    with ThreadPoolExecutor(os.cpu_count()) as writers:
        for paths, light, seen in data:
            names = [os.path.join(out, f"{Path(path.decode()).stem}.png") for path in paths.numpy()]
            pictures = colorize(light, seen)
            half = len(names) // 2
            written += [writers.submit(write, names[:half], pictures[:half]), writers.submit(write, names[half:], pictures[half:])]
            done += len(names)
        for part in written:
            part.result()
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"photographs": done, "seconds": seconds, "cpuSeconds": cpu, "peakBytes": peak}))


main()
