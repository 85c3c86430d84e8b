"""Writes test/fixtures/graphs/: small graphs with their checkpoints as TensorFlow 1 and 2 style programs leave them, frozen by Python itself,
with what they answer to given inputs.

    python make_graphs.py [NAME...]

writes all, or those named.
"""

import json
import os
import pathlib
import shutil
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf
from google.protobuf import text_format

tf1 = tf.compat.v1
TARGET = pathlib.Path(__file__).parents[2] / "test" / "fixtures" / "graphs"


def values(shape, seed):
    """The same numbers on every machine, none of them round."""
    count = int(np.prod(shape))
    return np.sin(np.arange(count) * 1.7 + seed).astype(np.float32).reshape(shape)


def variable(name, shape, seed, resource, **more):
    return tf1.get_variable(name, initializer=lambda shape=shape, **_: tf.constant(values(shape, seed)), use_resource=resource, **more)


def convolution(resource):
    """Convolution, batch normalization in use, dense layer, softmax; a training beside it."""
    x = tf1.placeholder(tf.float32, [None, 8, 8, 1], name="picture")
    with tf1.variable_scope("conv1"):
        y = tf.nn.conv2d(x, variable("weights", [3, 3, 1, 4], 1, resource), 2, "SAME")
        scale, offset = variable("scale", [4], 2, resource), variable("offset", [4], 3, resource)
        mean, variance = variable("mean", [4], 4, resource, trainable=False), variable("variance", [4], 5, resource, trainable=False)
        y, _, _ = tf1.nn.fused_batch_norm(y, scale, offset, mean, tf.abs(variance) + 0.5, is_training=False)
        y = tf.nn.relu(y)
    with tf1.variable_scope("dense"):
        y = tf.matmul(tf.reshape(y, [-1, 64]), variable("weights", [64, 3], 6, resource)) + variable("bias", [3], 7, resource)
    answer = tf.nn.softmax(y, name="distribution")
    labels = tf1.placeholder(tf.int32, [None], name="labels")
    loss = tf.reduce_mean(tf1.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=y), name="loss")
    tf1.train.AdamOptimizer(0.01).minimize(loss, global_step=tf1.train.get_or_create_global_step(), name="train")
    return {"picture": values([2, 8, 8, 1], 9)}, [answer]


def partitioned(resource):
    x = tf1.placeholder(tf.float32, [None, 6], name="x")

    def rows(shape, dtype, partition_info):
        first = partition_info.var_offset[0]
        return tf.constant(values([6, 4], 1)[first : first + shape[0]], dtype)

    with tf1.variable_scope("part", partitioner=tf1.fixed_size_partitioner(3)):
        w = tf1.get_variable("w", [6, 4], initializer=rows, use_resource=resource)
    y = tf.matmul(x, tf.convert_to_tensor(w), name="product")
    return {"x": values([5, 6], 2)}, [y]


def many_parts(resource):
    """Twelve parts of unequal size along the second axis, so that the order of their names is not that of their places; and two along the first."""
    x = tf1.placeholder(tf.float32, [None, 6], name="x")

    def part_of(whole):
        return lambda shape, dtype, partition_info: tf.constant(whole[tuple(slice(o, o + n) for o, n in zip(partition_info.var_offset, shape))], dtype)

    with tf1.variable_scope("wide", partitioner=tf1.fixed_size_partitioner(12, axis=1)):
        w = tf1.get_variable("w", [6, 17], initializer=part_of(values([6, 17], 1)), use_resource=resource)
    with tf1.variable_scope("long", partitioner=tf1.fixed_size_partitioner(2)):
        v = tf1.get_variable("v", [17, 3], initializer=part_of(values([17, 3], 2)), use_resource=resource)
    y = tf.matmul(tf.matmul(x, tf.convert_to_tensor(w)), tf.convert_to_tensor(v), name="product")
    return {"x": values([5, 6], 3)}, [y]


def control(resource):
    """Conditional and while loop in whichever version of control flow is in force; control inputs; a default."""
    x = tf1.placeholder(tf.float32, [3], name="x")
    factor = tf1.placeholder_with_default(tf.constant(2.0), [], name="factor")
    w = variable("w", [3], 1, resource)
    with tf.control_dependencies([tf1.assert_less(tf.abs(factor), 100.0)]):
        chosen = tf1.cond(tf.reduce_sum(x) > 0, lambda: x * w, lambda: x - w)
    _, result = tf1.while_loop(lambda i, _: i < 4, lambda i, y: (i + 1, y * factor + w), [0, chosen])
    return {"x": values([3], 3)}, [tf.identity(result, name="result")]


def gather(resource):
    x = tf1.placeholder(tf.int64, [None], name="indices")
    table = variable("table", [7, 3], 1, resource)
    return {"indices": np.array([0, 6, 2], np.int64)}, [tf.identity(tf.gather(table, x), name="rows")]


def types(resource):
    """Variables of several element types."""
    x = tf1.placeholder(tf.float64, [2], name="x")
    double = tf1.get_variable("double", initializer=lambda: tf.constant([0.1, -2.5], tf.float64), use_resource=resource)
    long = tf1.get_variable("long", initializer=lambda: tf.constant([2**40 + 1, -3], tf.int64), use_resource=resource)
    half = tf1.get_variable("half", initializer=lambda: tf.constant([0.1, 65504.0], tf.float16), use_resource=resource)
    y = x * double + tf.cast(long, tf.float64) + tf.cast(half, tf.float64)
    return {"x": np.array([1.5, 2.5])}, [tf.identity(y, name="y")]


def sharded(resource):
    """Variables on two devices, so that the checkpoint lies in two data files."""
    x = tf1.placeholder(tf.float32, [None, 3], name="x")
    with tf.device("/cpu:0"):
        a = variable("a", [3, 5], 1, resource)
    with tf.device("/cpu:1"):
        b = variable("b", [5, 2], 2, resource)
    return {"x": values([2, 3], 3)}, [tf.matmul(tf.matmul(x, a), b, name="product")]


CASES = [
    ("convolution-references", convolution, False, False),
    ("convolution-resources", convolution, True, False),
    ("partitioned-references", partitioned, False, False),
    ("partitioned-resources", partitioned, True, False),
    ("many-parts-references", many_parts, False, False),
    ("many-parts-resources", many_parts, True, False),
    ("control-1-references", control, False, False),
    ("control-1-resources", control, True, False),
    ("control-2-resources", control, True, True),
    ("gather-references", gather, False, False),
    ("gather-resources", gather, True, False),
    ("types-resources", types, True, False),
    ("sharded-references", sharded, False, False),
]
TWO_DEVICES = tf1.ConfigProto(device_count={"CPU": 2})


def rounded(array):
    return [float(v) for v in np.asarray(array, np.float64).ravel()]


def told(feeds, outputs, results):
    return {
        "feeds": {name: {"shape": list(v.shape), "values": rounded(v)} for name, v in feeds.items()},
        "outputs": [t.op.name for t in outputs],
        "results": [{"shape": list(np.shape(r)), "values": rounded(r)} for r in results],
    }


def graph_of_version_1(name, build, resource, version_2_control):
    folder = TARGET / name
    folder.mkdir(parents=True)
    with tf.Graph().as_default() as graph, tf1.Session(config=TWO_DEVICES) as session:
        (tf1.enable_control_flow_v2 if version_2_control else tf1.disable_control_flow_v2)()
        feeds, outputs = build(resource)
        session.run(tf1.global_variables_initializer())
        saver = tf1.train.Saver(sharded=build is sharded)
        saver.save(session, str(folder / "model.ckpt"), write_state=False)
        results = session.run(outputs, {f"{k}:0": v for k, v in feeds.items()})
        definition = graph.as_graph_def()
        (folder / "graph.pb").write_bytes(definition.SerializeToString())
        (folder / "graph.pbtxt").write_text(text_format.MessageToString(definition))
        frozen = tf1.graph_util.convert_variables_to_constants(session, definition, [t.op.name for t in outputs])
        (folder / "python-frozen.pb").write_bytes(frozen.SerializeToString())
        return told(feeds, outputs, results)


class Module(tf.Module):
    """TensorFlow 2: a function in a function, a conditional, a loop, captured variables and a captured constant."""

    def __init__(self):
        super().__init__()
        self.w = tf.Variable(values([4, 4], 1), name="w")
        self.b = tf.Variable(values([4], 2), name="b")
        self.offset = tf.constant(values([4], 3))

    @tf.function
    def step(self, y):
        return tf.tanh(tf.matmul(y, self.w) + self.b)

    @tf.function(input_signature=[tf.TensorSpec([None, 4], tf.float32, name="x")])
    def __call__(self, x):
        y = x
        for _ in tf.range(3):
            y = self.step(y) + self.offset
        if tf.reduce_sum(y) > 0:
            y = y * self.b
        return {"y": y}


def saved_module(name):
    folder = TARGET / name
    module = Module()
    tf.saved_model.save(module, str(folder), signatures=module.__call__)
    x = values([3, 4], 5)
    return {"feeds": {"x": {"shape": [3, 4], "values": rounded(x)}}, "outputs": ["y"], "results": [{"shape": [3, 4], "values": rounded(module(x)["y"])}]}


def saved_keras(name):
    folder = TARGET / name
    inputs = tf.keras.Input([8, 8, 1], name="picture")
    y = tf.keras.layers.Conv2D(4, 3, strides=2, padding="same", name="conv")(inputs)
    y = tf.keras.layers.BatchNormalization(name="norm")(y)
    y = tf.keras.layers.LeakyReLU(name="leak")(y)
    y = tf.keras.layers.Dropout(0.5)(y)
    y = tf.keras.layers.Dense(3, activation="softmax", name="classes")(tf.keras.layers.Flatten()(y))
    model = tf.keras.Model(inputs, y)
    for i, weight in enumerate(model.weights):
        weight.assign(np.abs(values(weight.shape, i)) + 0.1 if "variance" in weight.name else values(weight.shape, i))
    tf.saved_model.save(model, str(folder))
    x = values([2, 8, 8, 1], 5)
    return {"feeds": {"picture": {"shape": [2, 8, 8, 1], "values": rounded(x)}}, "outputs": ["classes"], "results": [{"shape": [2, 3], "values": rounded(model(x))}]}


if __name__ == "__main__":
    makers = {name: lambda name=name, rest=rest: graph_of_version_1(name, *rest) for name, *rest in CASES}
    makers |= {"saved-module": lambda: saved_module("saved-module"), "saved-keras": lambda: saved_keras("saved-keras")}
    told_before = TARGET / "expected.json"
    expected = json.loads(told_before.read_text())["cases"] if told_before.exists() else {}
    for name in sys.argv[1:] or makers:
        shutil.rmtree(TARGET / name, ignore_errors=True)
        expected[name] = makers[name]()
    for noise in [*TARGET.glob("*/fingerprint.pb"), *TARGET.glob("*/keras_metadata.pb")]:
        noise.unlink()
    for empty in TARGET.glob("*/assets"):
        empty.rmdir()
    told_before.write_text(json.dumps({"tensorflow": tf.__version__, "cases": expected}) + "\n")
