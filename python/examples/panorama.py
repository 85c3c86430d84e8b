"""Perspective photographs cut out of an equirectangular panorama.

A panorama of W x W/2 pixels holds the light that arrives from every direction: column W/2 is straight
ahead, columns grow to the right, row 0 is straight up. Values are linear light with sRGB primaries,
without an upper limit.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import OpenEXR

# Rays a pixel side. A pixel is the mean of 3 x 3 rays, so that the finer middle of a view does not alias.
RAYS = 3
# The log-average of a view lands on this scene value before the film curve: 0.18 is a photographer's gray card.
GRAY_CARD = 0.18


@dataclass(frozen=True)
class View:
    """Where the camera looks. All angles in degrees; positive yaw is right, positive pitch is up."""

    yaw: float
    pitch: float
    field_of_view: float


def read_panorama(path: Path) -> np.ndarray:
    """The panorama in an OpenEXR file as float64 [height, width, 3], linear light.

    Raises ValueError where the file has no colour or is not twice as wide as high.
    """
    with OpenEXR.File(str(path)) as file:
        channels = file.channels()
        name = next((n for n in ("RGB", "RGBA") if n in channels), None)
        if name is None:
            raise ValueError(f"{path} has no RGB channels")
        pixels = channels[name].pixels[..., :3].astype(np.float64)
    if pixels.shape[1] != 2 * pixels.shape[0]:
        raise ValueError(f"{path} is {pixels.shape[1]} x {pixels.shape[0]}: a panorama is twice as wide as high")
    return pixels


def perspective(panorama: np.ndarray, view: View, side: int) -> np.ndarray:
    """A square gnomonic view [side, side, 3] of the panorama, linear light.

    Raises ValueError where the view holds more pixels than the panorama has across the same angle, that is,
    where it would be upscaled.
    """
    across = view.field_of_view / 360 * panorama.shape[1]
    if across < side:
        raise ValueError(f"a view of {view.field_of_view} degrees has {across:.0f} panorama pixels for {side}")
    directions = _rays(view, side * RAYS)  # [n, n, 3]
    right, up, ahead = np.moveaxis(directions, -1, 0)
    column = (np.arctan2(right, ahead) / (2 * np.pi) + 0.5) * panorama.shape[1] - 0.5
    row = (0.5 - np.arcsin(np.clip(up, -1, 1)) / np.pi) * panorama.shape[0] - 0.5
    light = _bilinear(panorama, row, column)  # [n, n, 3]
    return light.reshape(side, RAYS, side, RAYS, 3).mean(axis=(1, 3))


def develop(light: np.ndarray) -> np.ndarray:
    """Linear light [h, w, 3] to 8-bit sRGB: exposed for its log-average, then a film curve with a soft shoulder.

    The curve is K. Narkowicz's fit of the ACES film response (2015).
    """
    luminance = light @ np.array([0.212671, 0.715160, 0.072169])
    exposed = light * (GRAY_CARD / np.exp(np.log(luminance + 1e-6).mean()))
    film = exposed * (2.51 * exposed + 0.03) / (exposed * (2.43 * exposed + 0.59) + 0.14)
    film = np.clip(film, 0, 1)
    encoded = np.where(film <= 0.0031308, 12.92 * film, 1.055 * film ** (1 / 2.4) - 0.055)
    return np.rint(encoded * 255).astype(np.uint8)


def _rays(view: View, side: int) -> np.ndarray:
    """Unit directions (right, up, ahead) [side, side, 3] through the pixel centres of a square picture."""
    edge = np.tan(np.radians(view.field_of_view) / 2)
    at = ((np.arange(side) + 0.5) / side * 2 - 1) * edge
    x, y = np.meshgrid(at, -at)
    yaw, pitch = np.radians([view.yaw, view.pitch])
    up = y * np.cos(pitch) + np.sin(pitch)
    level = np.cos(pitch) - y * np.sin(pitch)
    rays = np.stack([x * np.cos(yaw) + level * np.sin(yaw), up, level * np.cos(yaw) - x * np.sin(yaw)], axis=-1)
    return rays / np.linalg.norm(rays, axis=-1, keepdims=True)


def _bilinear(panorama: np.ndarray, row: np.ndarray, column: np.ndarray) -> np.ndarray:
    """Values between pixel centres; columns go round, rows end at the poles."""
    height, width = panorama.shape[:2]
    top, left = np.floor(row).astype(int), np.floor(column).astype(int)
    down, across = (row - top)[..., None], (column - left)[..., None]
    rows = np.clip([top, top + 1], 0, height - 1)
    columns = np.mod([left, left + 1], width)
    upper = panorama[rows[0], columns[0]] * (1 - across) + panorama[rows[0], columns[1]] * across
    lower = panorama[rows[1], columns[0]] * (1 - across) + panorama[rows[1], columns[1]] * across
    return upper * (1 - down) + lower * down
