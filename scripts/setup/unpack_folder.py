"""Takes one folder out of a wheel."""
import sys
import zipfile

archive, target, folder = sys.argv[1:]

with zipfile.ZipFile(archive) as wheel:
    wheel.extractall(target, [name for name in wheel.namelist() if name.startswith(folder + "/")])
