"""The network as the program has built it: one file with signatures, whose variables and names are those of every checkpoint."""

import tensorflow as tf
from tensorflow.core.protobuf import saved_model_pb2


class Network:
    """Functions of the graph's signatures, which share its variables."""

    def __init__(self, saved_model: bytes) -> None:
        message = saved_model_pb2.SavedModel()
        message.ParseFromString(saved_model)
        [meta] = message.meta_graphs
        graph_def = meta.graph_def
        self._whole = tf.compat.v1.wrap_function(lambda: tf.graph_util.import_graph_def(graph_def, name=""), [])
        self._signatures = meta.signature_def
        self._functions: dict[tuple, tuple] = {}

    def run(self, name: str, feeds: dict, outputs: list[str] | None = None) -> dict:
        """Runs a signature: values by the names of its inputs to values by the names of its outputs."""
        wanted = outputs or sorted(self._signatures[name].outputs)
        key = (name, *sorted(feeds), *wanted)
        if key not in self._functions:
            self._functions[key] = self._function(name, sorted(feeds), wanted)
        return dict(zip(wanted, self._functions[key](*(tf.convert_to_tensor(feeds[given]) for given in sorted(feeds)))))

    def _function(self, name: str, given: list[str], wanted: list[str]):
        signature, graph = self._signatures[name], self._whole.graph
        return self._whole.prune(
            [graph.get_tensor_by_name(signature.inputs[one].name) for one in given],
            [graph.get_tensor_by_name(signature.outputs[one].name) for one in wanted],
        )

    def updated(self) -> list[str]:
        """What `differentiate` gives and `apply` takes the mean of: `gradient/...`, `average/...`."""
        return sorted(name for name in self._signatures["apply"].inputs if name != "rate")

    def gradient_bytes(self) -> int:
        """Bytes that a worker sends a step."""
        shapes = [self._signatures["apply"].inputs[name].tensor_shape for name in self.updated()]
        return sum(4 * int(tf.TensorShape(shape).num_elements()) for shape in shapes)


class SharedNetwork:
    """A network that several workers train: gradients are averaged by TensorFlow's collective operations."""

    def __init__(self, network: Network, strategy: tf.distribute.Strategy) -> None:
        self.network = network
        self._strategy = strategy
        self._step = tf.function(lambda feeds, rate, stop: strategy.run(self._replica_step, (feeds, rate, stop)))
        self._sum = tf.function(lambda values: strategy.run(_replica_sum, (values,)))

    def _replica_step(self, feeds: dict, rate: tf.Tensor, stop: tf.Tensor):
        mine = self.network.run("differentiate", feeds)
        names = self.network.updated()
        values = [*(mine[name] for name in names), mine["loss"], mine["penalty"], stop]
        *means, loss, penalty, stopping = _reduced(tf.distribute.ReduceOp.MEAN, values)
        step = self.network.run("apply", {"rate": rate, **dict(zip(names, means))})["step"]
        return loss, penalty, stopping, step

    def step(self, feeds: dict, rate: float, stop: bool) -> tuple[float, float, bool]:
        """One step of all workers. Returns loss, penalty, and whether any of them has been asked to stop."""
        loss, penalty, stopping, _ = self._step(feeds, tf.constant(rate, tf.float32), tf.constant(float(stop), tf.float32))
        return float(loss), float(penalty), float(stopping) > 0

    def sums(self, values: list) -> list:
        """Sums over all workers. float64 arrays of one shape each."""
        return [value.numpy() for value in self._sum([tf.constant(value, tf.float64) for value in values])]


def _replica_sum(values: list):
    return _reduced(tf.distribute.ReduceOp.SUM, values)


def _reduced(operation: tf.distribute.ReduceOp, values: list):
    """Over all workers. What comes out of a function of an imported graph, or in from outside, lies on no device, and is refused."""
    return tf.distribute.get_replica_context().all_reduce(operation, [tf.identity(value) for value in values])
