"""Places that all workers see: a shared folder, s3:// or gs://, through pyarrow's file systems."""

import json
from pathlib import PurePosixPath

from pyarrow import fs


class Place:
    """A folder and what lies in it, by paths relative to it."""

    def __init__(self, address: str) -> None:
        """address: an absolute path or a URI of pyarrow's."""
        self.address = address
        self._system, root = fs.FileSystem.from_uri(address) if "://" in address else (fs.LocalFileSystem(), address)
        self._root = PurePosixPath(root)

    def _at(self, path: str) -> str:
        return str(self._root / path) if path else str(self._root)

    def is_folder(self, path: str = "") -> bool:
        return self._system.get_file_info(self._at(path)).type == fs.FileType.Directory

    def has(self, path: str) -> bool:
        return self._system.get_file_info(self._at(path)).type == fs.FileType.File

    def files(self, path: str = "") -> list[str]:
        """Every file below, relative to the place, in the order of their names."""
        selector = fs.FileSelector(self._at(path), recursive=True, allow_not_found=True)
        found = [info.path for info in self._system.get_file_info(selector) if info.type == fs.FileType.File]
        return sorted(str(PurePosixPath(name).relative_to(self._root)) for name in found)

    def folders(self, path: str) -> list[str]:
        """Names of the folders in a folder."""
        selector = fs.FileSelector(self._at(path), allow_not_found=True)
        return sorted(info.base_name for info in self._system.get_file_info(selector) if info.type == fs.FileType.Directory)

    def read(self, path: str, offset: int = 0, length: int | None = None) -> bytes:
        with self._system.open_input_file(self._at(path)) as file:
            return file.read_at(file.size() - offset if length is None else length, offset)

    def write(self, path: str, data: bytes) -> None:
        """Writes a file, which appears whole: aside and then renamed on disks, in one piece on object stores."""
        place = self._at(path)
        self._system.create_dir(str(PurePosixPath(place).parent), recursive=True)
        aside = f"{place}.aside" if isinstance(self._system, fs.LocalFileSystem) else place
        with self._system.open_output_stream(aside) as stream:
            stream.write(data)
        if aside != place:
            self._system.move(aside, place)

    def remove(self, path: str) -> None:
        """Removes a folder with all that is in it."""
        self._system.delete_dir(self._at(path))

    def read_json(self, path: str):
        return json.loads(self.read(path))

    def write_json(self, path: str, value) -> None:
        self.write(path, json.dumps(value).encode())
