#!/usr/bin/env python3
"""Expected pixels of a folder of awkward pictures, computed with Pillow and LittleCMS only.

Usage: awkward.py FOLDER OUT.json        needs: pip install pillow numpy

Every file below FOLDER that Pillow can read is brought to what a viewer shows: first frame, EXIF orientation
applied, embedded profile to sRGB (perceptual), transparent parts over white. Per file: width, height, and the
colours of an 8 x 6 grid of pixels as [x, y, r, g, b]. Files that Pillow refuses are left out.
"""
import io, json, sys
from pathlib import Path
from PIL import Image, ImageCms, ImageOps

COLUMNS, ROWS = 8, 6


def shown(path):
    """The picture as a viewer shows it, mode RGB."""
    picture = ImageOps.exif_transpose(Image.open(path))
    profile = picture.info.get('icc_profile')
    if picture.mode in ('P', 'PA', 'LA') or 'transparency' in picture.info:
        picture = picture.convert('RGBA')
    if profile:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        picture = ImageCms.profileToProfile(picture, source, ImageCms.createProfile('sRGB'), renderingIntent=ImageCms.Intent.PERCEPTUAL)
    if picture.mode == 'RGBA':
        picture = Image.alpha_composite(Image.new('RGBA', picture.size, 'white'), picture)
    return picture.convert('RGB')


def samples(picture):
    width, height = picture.size
    places = [(int((c + 0.5) * width / COLUMNS), int((r + 0.5) * height / ROWS)) for r in range(ROWS) for c in range(COLUMNS)]
    return [[x, y, *picture.getpixel((x, y))] for x, y in places]


def main(folder, out):
    root, expected = Path(folder), {}
    for path in sorted(p for p in root.rglob('*') if p.is_file()):
        try:
            picture = shown(path)
        except OSError as error:
            print(path.name, error, file=sys.stderr)
            continue
        expected[str(path.relative_to(root))] = {'width': picture.width, 'height': picture.height, 'samples': samples(picture)}
    lines = [f'{json.dumps(name, ensure_ascii=False)}: {json.dumps(value, separators=(",", ":"))}' for name, value in expected.items()]
    Path(out).write_text('{\n' + ',\n'.join(lines) + '\n}\n')


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
