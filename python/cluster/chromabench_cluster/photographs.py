"""Photographs read as the program reads them: upright, in sRGB, transparent parts over white."""

import hashlib
import io

import numpy as np
from PIL import Image, ImageCms, ImageOps

_SRGB = ImageCms.createProfile("sRGB")
Image.MAX_IMAGE_PIXELS = 268_435_456


class PhotoFault(Exception):
    """Why a file is no photograph to learn from: its fate and a sentence."""

    def __init__(self, fate: str, reason: str) -> None:
        super().__init__(reason)
        self.fate, self.reason = fate, reason


def content_id(data: bytes) -> str:
    """SHA-256 of a file, hex."""
    return hashlib.sha256(data).hexdigest()


def decode(data: bytes) -> np.ndarray:
    """uint8 [h, w, 3]. Raises PhotoFault."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
            return np.asarray(_in_srgb(ImageOps.exif_transpose(picture)))
    except Image.UnidentifiedImageError as error:
        raise PhotoFault("not-a-picture", "Not a picture: its content is of no known kind.") from error
    except Image.DecompressionBombError as error:
        raise PhotoFault("too-large", "More pixels than are read; save a smaller copy.") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise PhotoFault("damaged", f"The data are damaged ({error}).") from error


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
        except ImageCms.PyCMSError:
            # Viewers pass over a profile that does not fit the picture.
            pass
    return picture.convert("RGB")


def seen(rgb: np.ndarray, width: int, height: int) -> np.ndarray:
    """A photograph at the size it is seen at. uint8 [h, w, 3] -> [height, width, 3]"""
    if rgb.shape[:2] == (height, width):
        return rgb
    return np.asarray(Image.fromarray(rgb).resize((width, height), Image.Resampling.LANCZOS))
