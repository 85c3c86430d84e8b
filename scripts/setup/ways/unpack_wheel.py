"""Takes out of TensorFlow's wheel what an addon needs: two libraries, the headers of the C interface, the licence."""
import sys
import zipfile

archive, target = sys.argv[1:]
libraries = ("tensorflow/libtensorflow_cc.so.2", "tensorflow/libtensorflow_framework.so.2")
headers = tuple("tensorflow/include/" + part for part in ("tensorflow/c/", "tensorflow/core/platform/", "tsl/"))

with zipfile.ZipFile(archive) as wheel:
    wanted = [n for n in wheel.namelist() if n in libraries or n.startswith(headers) or n.endswith(".dist-info/LICENSE")]
    wheel.extractall(target, wanted)
