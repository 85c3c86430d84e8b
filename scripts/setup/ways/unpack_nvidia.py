"""Takes out of one of NVIDIA's wheels what runs: libraries, the assembler with its library of functions, the licence."""
import os
import sys
import zipfile

archive, target = sys.argv[1:]

with zipfile.ZipFile(archive) as wheel:
    for name in wheel.namelist():
        folders = name.split("/")
        runs = folders[0] == "nvidia" and not name.endswith((".py", ".h", ".hpp")) and not {"include", "res"} & set(folders)
        if not (runs or name.endswith(".dist-info/License.txt")):
            continue
        path = wheel.extract(name, target)
        # Archives of this module forget which files are programs.
        if "bin" in folders:
            os.chmod(path, 0o755)
