"""What becomes of files that are no photographs, or too large, or broken: as src/main/core/photos has it."""

import io
import struct
import tempfile
import unittest
import zlib
from pathlib import Path
from unittest import mock

import numpy as np
from PIL import Image, ImageCms

from chromabench_cluster import photographs
from chromabench_cluster.photographs import PhotoFault, decode, read
from chromabench_cluster.storage import Place

PIXELS = np.random.default_rng(1).integers(0, 256, (60, 80, 3), np.uint8)


def stored(kind: str, **options) -> bytes:
    file = io.BytesIO()
    Image.fromarray(PIXELS).save(file, kind, **options)
    return file.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it has so many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


class PhotographsTest(unittest.TestCase):
    def fate(self, data: bytes) -> str:
        with self.assertRaises(PhotoFault) as raised:
            decode(data)
        self.reason = raised.exception.reason
        return raised.exception.fate

    def test_kinds_that_are_read_here_are_read(self):
        for kind in ("PNG", "TIFF"):
            np.testing.assert_array_equal(decode(stored(kind)), PIXELS)
        for kind in ("JPEG", "WEBP", "GIF"):
            self.assertEqual(decode(stored(kind)).shape, PIXELS.shape)

    def test_kinds_that_are_not_read_here_are_named(self):
        for kind, name in (("BMP", "BMP"), ("ICO", "icon (ICO)")):
            self.assertEqual(self.fate(stored(kind)), "unsupported")
            self.assertIn(f"kind {name},", self.reason)
        self.assertEqual(self.fate(b"\0\0\0\x18ftypheic" + bytes(100)), "unsupported")
        for kind in ("PPM", "TGA"):
            self.assertEqual(self.fate(stored(kind)), "not-a-picture")
        self.assertEqual(self.fate(b"no picture"), "not-a-picture")
        self.assertEqual(self.fate(b""), "damaged")

    def test_more_pixels_than_are_read_are_refused_before_they_are_decoded(self):
        with mock.patch.object(Image.Image, "load", side_effect=AssertionError):
            for width, height in ((16385, 16384), (30000, 17000), (100000, 100000)):
                self.assertEqual(self.fate(png_of(width, height)), "too-large")
                self.assertIn("more than the 268 million", self.reason)

    def test_larger_files_than_are_read_are_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(Path(folder) / "large.jpg", "wb") as file:
                file.truncate(512 * 2**20 + 1)
            with self.assertRaises(PhotoFault) as raised:
                read(Place(folder), "large.jpg")
            self.assertEqual(raised.exception.fate, "too-large")
            with self.assertRaises(PhotoFault) as raised:
                read(Place(folder), "gone.jpg")
            self.assertEqual(raised.exception.fate, "unreadable")

    def test_whatever_a_decoder_stumbles_over_is_one_files_fate(self):
        self.assertEqual(self.fate(stored("PNG")[:3000]), "damaged")
        for error in (struct.error("unpack"), IndexError("index"), KeyError("key"), EOFError(), TypeError("type"), zlib.error("data"), RuntimeError("no memory"), OverflowError()):
            with mock.patch.object(photographs.ImageOps, "exif_transpose", side_effect=error):
                self.assertEqual(self.fate(stored("PNG")), "damaged")

    def test_a_profile_that_is_broken_or_does_not_fit_is_passed_over(self):
        for profile in (b"no profile", b"", ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()):
            np.testing.assert_array_equal(decode(stored("PNG", icc_profile=profile)), PIXELS)

    def test_damage_of_any_kind_never_ends_the_look_through(self):
        random = np.random.default_rng(2)
        for kind in ("JPEG", "PNG", "TIFF", "GIF", "WEBP"):
            data = np.frombuffer(stored(kind), np.uint8)
            for _ in range(60):
                broken = data.copy()
                broken[random.integers(0, min(len(data), 600), 6)] = random.integers(0, 256, 6)
                try:
                    decode(broken.tobytes())
                except PhotoFault:
                    pass
