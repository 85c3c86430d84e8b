"""Places that all workers see: a shared folder, s3:// or gs://, through pyarrow's file systems."""

import json
import uuid
from contextlib import contextmanager
from pathlib import PurePosixPath

from pyarrow import fs


class TooLarge(Exception):
    """A file of more bytes than are read."""

    def __init__(self, size: int) -> None:
        super().__init__(f"{size} bytes")
        self.size = size


class Place:
    """A folder and what lies in it, by paths relative to it."""

    def __init__(self, address: str) -> None:
        """address: an absolute path or a URI of pyarrow's."""
        self._system, root = fs.FileSystem.from_uri(address) if "://" in address else (fs.LocalFileSystem(), address)
        self._root = PurePosixPath(root)

    @property
    def name(self) -> str:
        return self._root.name

    def beside(self, name: str) -> "Place":
        """A folder beside this one."""
        other = Place.__new__(Place)
        other._system, other._root = self._system, self._root.parent / name
        return other

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

    def read_at_most(self, path: str, most: int) -> bytes:
        """A whole file. Raises TooLarge before anything of it is read."""
        with self._system.open_input_file(self._at(path)) as file:
            size = file.size()
            if size > most:
                raise TooLarge(size)
            return file.read_at(size, 0)

    def write(self, path: str, data: bytes) -> None:
        """Writes a file, which appears whole."""
        with self.writing(path) as stream:
            stream.write(data)

    @contextmanager
    def writing(self, path: str):
        """A file to be written piece by piece, which appears whole: aside and then renamed on disks, in one go on object stores. Whoever writes it at the same time writes another one aside."""
        place = self._at(path)
        self._system.create_dir(str(PurePosixPath(place).parent), recursive=True)
        aside = f"{place}.{uuid.uuid4().hex}.aside" if isinstance(self._system, fs.LocalFileSystem) else place
        # By itself pyarrow would compress what is called .gz once more.
        stream = self._system.open_output_stream(aside, compression=None)
        try:
            with stream:
                yield stream
        except BaseException:
            self._system.delete_file(aside)
            raise
        if aside != place:
            self._system.move(aside, place)

    def move(self, path: str, to: str) -> None:
        """Gives a file another path; one that is there is replaced."""
        self._system.move(self._at(path), self._at(to))

    def remove(self, path: str) -> None:
        """Removes a folder with all that is in it."""
        self._system.delete_dir(self._at(path))

    def remove_file(self, path: str) -> None:
        self._system.delete_file(self._at(path))

    def read_json(self, path: str):
        return json.loads(self.read(path))

    def write_json(self, path: str, value) -> None:
        self.write(path, json.dumps(value).encode())
