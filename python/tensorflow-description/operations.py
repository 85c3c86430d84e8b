"""Writes resources/tensorflow/operations.json: what TensorFlow knows of its own operations, by name.

The entry of an operation: the family it belongs to (the module of Python's generated operations), its inputs and outputs, its attributes,
and whether it is stateful. An argument is written as `name:type`: a number of TensorFlow's DataType, the name of an attribute that
holds the type, `N*type` for N of them, `[attribute]` for a list of types; a reference ends in `&`.

    python operations.py
"""

import importlib
import json
import os
import pathlib
import pkgutil
import re

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import tensorflow as tf
from tensorflow.core.framework import op_def_pb2
from tensorflow.python import ops as python_ops
from tensorflow.python.client import pywrap_tf_session as session

USES = [re.compile(r'_execute\.execute\(b"(\w+)"'), re.compile(r'_apply_op_helper\(\s*"(\w+)"')]
# Hardware of others, other machines, and what trains: never part of a graph that is run here, and of no use to its reader.
PASSED_OVER = {"tpu", "tpu_partition", "nccl", "collective", "boosted_trees", "sdca", "cudnn_rnn", "summary", "debug", "uniform_quant"}


def families():
    """Name of an operation -> family."""
    found = {}
    for module in pkgutil.iter_modules(python_ops.__path__):
        match = re.fullmatch(r"gen_(\w+?)_ops(?:_v2)?", module.name)
        if not match:
            continue
        source = pathlib.Path(importlib.import_module(f"tensorflow.python.ops.{module.name}").__file__).read_text()
        for use in USES:
            for name in use.findall(source):
                found.setdefault(name, match[1])
    return found


def argument(arg):
    if arg.type_list_attr:
        kind = f"[{arg.type_list_attr}]"
    else:
        kind = arg.type_attr or str(arg.type)
    if arg.number_attr:
        kind = f"{arg.number_attr}*{kind}"
    return f"{arg.name}:{kind}{'&' if arg.is_ref else ''}"


def attribute(attr):
    """Type of the attribute, and its default where that decides about types and counts of outputs."""
    default = attr.default_value
    if attr.type == "type" and default.WhichOneof("value") == "type":
        return f"type={default.type}"
    if attr.type == "int" and default.WhichOneof("value") == "i":
        return f"int={default.i}"
    if attr.type == "list(type)" and default.WhichOneof("value") == "list":
        return "list(type)=" + ",".join(str(t) for t in default.list.type)
    return attr.type


def entry(op, family):
    described = {"family": family, "inputs": [argument(a) for a in op.input_arg], "outputs": [argument(a) for a in op.output_arg]}
    described["attributes"] = {a.name: attribute(a) for a in op.attr}
    if op.is_stateful:
        described["stateful"] = True
    return described


if __name__ == "__main__":
    every = op_def_pb2.OpList()
    every.ParseFromString(session.TF_GetBuffer(session.TF_GetAllOpList()))
    family_of = families()
    known = [op for op in every.op if op.name in family_of and family_of[op.name] not in PASSED_OVER]
    lines = ",\n".join(f"{json.dumps(op.name)}: {json.dumps(entry(op, family_of[op.name]), separators=(',', ':'))}" for op in sorted(known, key=lambda o: o.name))
    target = pathlib.Path(__file__).parents[2] / "resources" / "tensorflow" / "operations.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f'{{"tensorflow": "{tf.__version__}", "operations": {{\n{lines}\n}}}}\n')
    print(f"{len(known)} operations")
