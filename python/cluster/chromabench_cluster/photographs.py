"""Photographs read as the program reads them: upright, in sRGB, transparent parts over white."""

import hashlib
import io

import numpy as np
from PIL import Image, ImageCms, ImageOps

from .storage import Place, TooLarge

_SRGB = ImageCms.createProfile("sRGB")
# The limits of src/main/core/photos: whole-file.ts, header.ts. Pillow's own is a warning up to twice as many.
_MOST_BYTES = 512 * 2**20
_MOST_PIXELS = 268_435_456
Image.MAX_IMAGE_PIXELS = None

# Formats of src/main/core/photos/content.ts.
_READ = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF")
_OTHERS = [
    (4, b"ftyphei", "HEIC"), (4, b"ftyphev", "HEIC"), (4, b"ftypmif1", "HEIF"), (4, b"ftypmsf1", "HEIF"), (4, b"ftypavi", "AVIF"), (4, b"ftypcrx", "camera raw (CR3)"),
    (0, b"\0\0\0\x0cJXL ", "JPEG XL"), (0, b"\xff\x0a", "JPEG XL"), (0, b"\xff\xd8\xff\xf7", "JPEG-LS"), (0, b"\0\0\0\x0cjP  ", "JPEG 2000"), (0, b"\xff\x4f\xff\x51", "JPEG 2000"),
    (0, b"II\xbc\x01", "JPEG XR"), (0, b"BM", "BMP"), (0, b"\0\0\1\0", "icon (ICO)"), (0, b"icns", "icon (ICNS)"), (0, b"8BPS", "Photoshop (PSD)"), (0, b"gimp xcf", "GIMP (XCF)"),
    (0, b"FLIF", "FLIF"), (0, b"BPG\xfb", "BPG"), (0, b"FUJIFILM", "camera raw (RAF)"),
]  # fmt: skip


class PhotoFault(Exception):
    """Why a file is no photograph to learn from: its fate and a sentence."""

    def __init__(self, fate: str, reason: str) -> None:
        super().__init__(reason)
        self.fate, self.reason = fate, reason


def content_id(data: bytes) -> str:
    """SHA-256 of a file, hex."""
    return hashlib.sha256(data).hexdigest()


def read(folder: Place, path: str) -> bytes:
    """A file of a folder. Raises PhotoFault."""
    try:
        return folder.read_at_most(path, _MOST_BYTES)
    except TooLarge as fault:
        raise PhotoFault("too-large", f"The file has {fault.size / 2**20:,.0f} MB, more than the {_MOST_BYTES // 2**20} MB that are read; save a smaller copy.") from fault
    except OSError as error:
        raise PhotoFault("unreadable", f"It cannot be read ({error}).") from error


def decode(data: bytes) -> np.ndarray:
    """uint8 [h, w, 3]. Raises PhotoFault."""
    if not data:
        raise PhotoFault("damaged", "The file is empty (0 bytes).")
    try:
        with Image.open(io.BytesIO(data), formats=_READ) as picture:
            _demand_pixels(*picture.size)
            picture.load()
            return np.asarray(_in_srgb(ImageOps.exif_transpose(picture)))
    except PhotoFault:
        raise
    except Image.UnidentifiedImageError as error:
        raise _unknown(data) from error
    except Exception as error:  # noqa: BLE001 -- what a decoder raises of damaged data is whatever it stumbles over
        raise PhotoFault("damaged", f"The data are damaged ({error}).") from error


def _demand_pixels(width: int, height: int) -> None:
    if width * height > _MOST_PIXELS:
        raise PhotoFault("too-large", f"{width} x {height} pixels ({width * height / 1e6:,.0f} million) are more than the {_MOST_PIXELS / 1e6:.0f} million that are read; save a smaller copy.")


def _unknown(data: bytes) -> PhotoFault:
    kind = next((name for at, mark, name in _OTHERS if data[at : at + len(mark)] == mark), None)
    if kind is None:
        return PhotoFault("not-a-picture", "Not a picture: its content is of no known kind.")
    return PhotoFault("unsupported", f"A picture of the kind {kind}, which cannot be read here; save a copy as JPEG or PNG.")


def _in_srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if picture.mode in ("P", "LA", "PA"):
        picture = picture.convert("RGBA")
    if picture.mode == "RGBA":
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture).convert("RGB")
    if profile and picture.mode in ("RGB", "CMYK", "L"):
        try:
            return ImageCms.profileToProfile(picture, ImageCms.ImageCmsProfile(io.BytesIO(profile)), _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            # Viewers pass over a profile that does not fit the picture.
            pass
    return picture.convert("RGB")


def seen(rgb: np.ndarray, width: int, height: int) -> np.ndarray:
    """A photograph at the size it is seen at. uint8 [h, w, 3] -> [height, width, 3]"""
    if rgb.shape[:2] == (height, width):
        return rgb
    return np.asarray(Image.fromarray(rgb).resize((width, height), Image.Resampling.LANCZOS))
