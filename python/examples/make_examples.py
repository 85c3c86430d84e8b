"""Makes the built-in photographs again, with their credits: python make_examples.py PACKAGES OUT

PACKAGES holds one folder for each package of photographs.json, named as the package and holding its unpacked
files. OUT receives training/, held-out/, credits.json and CREDITS.md. README.md says which packages, and how.
The same packages and the same versions of requirements.txt give the same bytes.
"""

import argparse
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageCms

from credits import credit, write_credits
from panorama import View, develop, perspective, read_panorama

SIDE = 256
QUALITY = 90


@dataclass(frozen=True)
class Part:
    """One built-in photograph: where it goes, what was cut out, the pixels (RGB, SIDE x SIDE)."""

    file: str
    cut: dict
    picture: Image.Image


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", type=Path, help="folder that holds the unpacked packages")
    parser.add_argument("out", type=Path, help="folder to write, for example resources/photographs")
    arguments = parser.parse_args()

    recipe = json.loads(Path(__file__).with_name("photographs.json").read_text("utf-8"))
    credits = []
    for source in recipe["sources"]:
        package, licence = recipe["packages"][source["package"]], recipe["licences"][source["licence"]]
        for part in parts(source, arguments.packages / source["package"] / source["originalFile"]):
            save(part.picture, arguments.out / part.file)
            credits.append(credit(part.file, part.cut, source, package, licence))
    write_credits(arguments.out, credits, recipe["licences"])


def parts(source: dict, original: Path) -> Iterator[Part]:
    """The photographs of one source picture, in the order of the recipe."""
    cuts = crops(source, original) if "crops" in source else views(source, original)
    for number, (cut, picture) in enumerate(cuts, start=1):
        yield Part(f"{source['split']}/{source['name']}-{number:02d}.jpg", cut, picture)


def crops(source: dict, original: Path) -> Iterator[tuple[dict, Image.Image]]:
    """Square crops [left, top, side] of a photograph, scaled down. Raises ValueError for one that would be scaled up."""
    photograph = open_srgb(original)
    for left, top, side in source["crops"]:
        if side < SIDE or left + side > photograph.width or top + side > photograph.height:
            raise ValueError(f"{source['name']}: a crop of {side} at {left}, {top} is too small or leaves the picture")
        box = (left, top, left + side, top + side)
        picture = photograph.resize((SIDE, SIDE), Image.Resampling.LANCZOS, box=box)
        yield {"crop": {"left": left, "top": top, "width": side, "height": side}}, picture


def views(source: dict, original: Path) -> Iterator[tuple[dict, Image.Image]]:
    """Perspective views [yaw, pitch, field of view] of a panorama, developed like film."""
    panorama = read_panorama(original)
    for yaw, pitch, field_of_view in source["views"]:
        picture = develop(perspective(panorama, View(yaw, pitch, field_of_view), SIDE))
        yield {"view": {"yaw": yaw, "pitch": pitch, "fieldOfView": field_of_view}}, Image.fromarray(picture)


def open_srgb(path: Path) -> Image.Image:
    """A photograph as RGB in sRGB; one without a profile is sRGB already."""
    picture = Image.open(path)
    profile = picture.info.get("icc_profile")
    if profile is None:
        return picture.convert("RGB")
    own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    return ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode="RGB")


def save(picture: Image.Image, path: Path) -> None:
    """Writes a JPEG at full colour resolution that carries pixels only: no EXIF, no profile (so: sRGB)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.info.clear()
    picture.save(path, "JPEG", quality=QUALITY, subsampling=0, optimize=True)


if __name__ == "__main__":
    main()
