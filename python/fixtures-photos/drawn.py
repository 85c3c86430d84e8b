#!/usr/bin/env python3
"""Draws one small picture and stores it in every way that a photograph may be stored.

Usage: drawn.py FOLDER        needs: pip install pillow numpy

The picture has 64 x 48 pixels: red grows to the right, green downwards, blue against red. What each file must look
like is computed from that formula, not by reading the file back, and written to FOLDER/expected.json as an 8 x 6
grid of [x, y, r, g, b] with the tolerance that the file's coding asks for. Files that cannot be read have the fate
that is expected of them.
"""
import json, struct, sys, zlib
from pathlib import Path
import numpy as np
from PIL import Image

WIDTH, HEIGHT, COLUMNS, ROWS = 64, 48, 8, 6
ADOBE_RGB = {'primaries': ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06)), 'gamma': 563 / 256}
D65, D50 = np.array([0.95047, 1, 1.08883]), np.array([0.9642, 1, 0.8249])
BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])


def drawn():
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    return np.stack([40 + 2 * x, 60 + 3 * y, 190 - 2 * x], -1).astype(np.uint8)


# --- Adobe RGB: its profile, and what its values look like in sRGB -------------------------------------------------

def to_xyz(primaries, white):
    """Linear RGB to XYZ of a space given by its primaries' chromaticities."""
    columns = np.array([[x / y, 1, (1 - x - y) / y] for x, y in primaries]).T
    return columns * np.linalg.solve(columns, white)


def adobe_profile():
    """A version 2 matrix profile, adapted to D50 as ICC.1 asks."""
    adapt = np.linalg.inv(BRADFORD) @ np.diag((BRADFORD @ D50) / (BRADFORD @ D65)) @ BRADFORD
    colorants = (adapt @ to_xyz(ADOBE_RGB['primaries'], D65)).T
    fixed = lambda v: struct.pack('>i', round(v * 65536))
    xyz = lambda v: b'XYZ \0\0\0\0' + b''.join(fixed(c) for c in v)
    curve = b'curv\0\0\0\0' + struct.pack('>IH', 1, round(ADOBE_RGB['gamma'] * 256)) + b'\0\0'
    text = lambda s: b'text\0\0\0\0' + s + b'\0'
    name = b'Drawn for a test'
    description = b'desc\0\0\0\0' + struct.pack('>I', len(name) + 1) + name + b'\0' + bytes(4 + 4 + 2 + 1 + 67)
    tags = [(b'desc', description), (b'cprt', text(b'CC0')), (b'wtpt', xyz(D50))]
    tags += [(t + b'XYZ', xyz(c)) for t, c in zip((b'r', b'g', b'b'), colorants)] + [(t + b'TRC', curve) for t in (b'r', b'g', b'b')]
    table, body, at = b'', b'', 128 + 4 + 12 * len(tags)
    for tag, data in tags:
        data += bytes(-len(data) % 4)
        table += tag + struct.pack('>II', at + len(body), len(data))
        body += data
    head = struct.pack('>I4sI4s4s4s', at + len(body), b'none', 0x02100000, b'mntr', b'RGB ', b'XYZ ') + bytes(12) + b'acsp'
    head += bytes(24) + struct.pack('>I', 0) + b''.join(fixed(c) for c in D50)
    return head.ljust(128, b'\0') + struct.pack('>I', len(tags)) + table + body


def adobe_in_srgb(rgb):
    linear = (rgb / 255.0) ** ADOBE_RGB['gamma']
    srgb_primaries = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
    matrix = np.linalg.inv(to_xyz(srgb_primaries, D65)) @ to_xyz(ADOBE_RGB['primaries'], D65)
    v = np.clip(linear @ matrix.T, 0, 1)
    return 255 * np.where(v > 0.0031308, 1.055 * v ** (1 / 2.4) - 0.055, 12.92 * v)


# --- files that Pillow does not write ------------------------------------------------------------------------------

def png(samples, colour_type, profile=None):
    """A 16-bit PNG of samples [height, width, channels]."""
    chunk = lambda kind, data: struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    rows = b''.join(b'\0' + row.astype('>u2').tobytes() for row in samples)
    head = chunk(b'IHDR', struct.pack('>IIBBBBB', samples.shape[1], samples.shape[0], 16, colour_type, 0, 0, 0))
    colour = chunk(b'iCCP', b'drawn\0\0' + zlib.compress(profile)) if profile else b''
    return b'\x89PNG\r\n\x1a\n' + head + colour + chunk(b'IDAT', zlib.compress(rows, 9)) + chunk(b'IEND', b'')


def bomb(side):
    """The head of a PNG that claims side x side pixels in a few bytes."""
    chunk = lambda kind, data: struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    head = chunk(b'IHDR', struct.pack('>IIBBBBB', side, side, 8, 2, 0, 0, 0))
    return b'\x89PNG\r\n\x1a\n' + head + chunk(b'IDAT', zlib.compress(bytes(10000), 9)) + chunk(b'IEND', b'')


def ftyp(brand):
    return struct.pack('>I', 24) + b'ftyp' + brand + bytes(4) + b'mif1' + brand + b'\0' * 64


def camera_raw(padding):
    """A TIFF as camera raws begin: a 16 x 16 preview first, the picture itself in a sub-directory (tag 330)."""
    side, preview = 16, 16 * 16
    tags = [(254, 4, 1, 1), (256, 3, 1, side), (257, 3, 1, side), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1),
            (273, 4, 1, 0), (277, 3, 1, 1), (278, 3, 1, side), (279, 4, 1, preview), (330, 4, 1, 0)]
    after = 8 + 2 + 12 * len(tags) + 4
    value = {273: after, 330: after + preview}
    ifd = struct.pack('<H', len(tags)) + b''.join(struct.pack('<HHII', t, k, n, value.get(t, v)) for t, k, n, v in tags) + bytes(4)
    return b'II*\0' + struct.pack('<I', 8) + ifd + bytes(preview) + bytes(padding)


# --- the set -------------------------------------------------------------------------------------------------------

def samples(pixels):
    height, width = pixels.shape[:2]
    places = [(int((c + 0.5) * width / COLUMNS), int((r + 0.5) * height / ROWS)) for r in range(ROWS) for c in range(COLUMNS)]
    return [[x, y, *(int(v) for v in np.round(pixels[y, x]))] for x, y in places]


class Shelf:
    def __init__(self, folder):
        self.folder, self.expected = Path(folder), {}
        self.folder.mkdir(parents=True, exist_ok=True)

    def readable(self, name, pixels, tolerance, **more):
        self.expected[name] = {'width': pixels.shape[1], 'height': pixels.shape[0], 'tolerance': tolerance, **more, 'samples': samples(pixels)}

    def refused(self, name, data, fate, reason):
        (self.folder / name).write_bytes(data)
        self.expected[name] = {'fate': fate, 'reason': reason}

    def path(self, name):
        return self.folder / name

    def close(self):
        lines = [f'{json.dumps(k)}: {json.dumps(v, separators=(",", ":"))}' for k, v in sorted(self.expected.items())]
        (self.folder / 'expected.json').write_text('{\n' + ',\n'.join(lines) + '\n}\n')


def jpegs(shelf, rgb, picture):
    best = {'quality': 95, 'subsampling': 0}
    picture.save(shelf.path('plain.jpg'), **best)
    shelf.readable('plain.jpg', rgb, 4)
    picture.save(shelf.path('progressive.jpg'), progressive=True, **best)
    shelf.readable('progressive.jpg', rgb, 4)
    # How the stored picture must be turned for each orientation (EXIF 2.3): what is stored is the inverse.
    stored = {1: rgb, 2: rgb[:, ::-1], 3: rgb[::-1, ::-1], 4: rgb[::-1], 5: rgb.transpose(1, 0, 2), 6: np.rot90(rgb, 1),
              7: rgb.transpose(1, 0, 2)[::-1, ::-1], 8: np.rot90(rgb, -1), 99: rgb}
    for orientation, pixels in stored.items():
        exif = Image.Exif()
        exif[0x0112] = orientation
        name = f'orientation-{orientation}.jpg'
        Image.fromarray(np.ascontiguousarray(pixels)).save(shelf.path(name), exif=exif, **best)
        shelf.readable(name, rgb, 4)
    picture.convert('L').save(shelf.path('gray.jpg'), quality=95)
    shelf.readable('gray.jpg', np.repeat((rgb @ [0.299, 0.587, 0.114])[..., None], 3, 2), 3, gray=True)
    picture.save(shelf.path('adobe-rgb.jpg'), icc_profile=adobe_profile(), **best)
    shelf.readable('adobe-rgb.jpg', adobe_in_srgb(rgb), 9)  # what JPEG loses, enlarged where red nears zero
    ink = np.concatenate([255 - rgb, np.full((HEIGHT, WIDTH, 1), 51, np.uint8)], -1)
    Image.fromarray(ink, 'CMYK').save(shelf.path('cmyk.jpg'), **best)
    shelf.readable('cmyk.jpg', rgb * (1 - 51 / 255), 5)
    data = shelf.path('plain.jpg').read_bytes()
    shelf.path('trailing-garbage.jpg').write_bytes(data + b'\0garbage' * 40)
    shelf.readable('trailing-garbage.jpg', rgb, 4)
    shelf.refused('cut-off.jpg', data[: len(data) * 2 // 3], 'damaged', 'The picture is cut off: its data end early.')


def lossless(shelf, rgb, picture):
    picture.save(shelf.path('plain.tif'), compression='tiff_lzw')
    shelf.readable('plain.tif', rgb, 0)
    picture.save(shelf.path('png-inside.jpg'), format='PNG')
    shelf.readable('png-inside.jpg', rgb, 0)
    coarse = rgb // 64 * 64
    Image.fromarray(coarse).convert('P', palette=Image.Palette.ADAPTIVE, colors=64).save(shelf.path('palette.png'))
    shelf.readable('palette.png', coarse, 0)
    alpha = np.mgrid[0:HEIGHT, 0:WIDTH][1][..., None] * 4
    Image.fromarray(np.concatenate([rgb, alpha.astype(np.uint8)], -1), 'RGBA').save(shelf.path('alpha.png'))
    white = rgb * (alpha / 255) + 255 * (1 - alpha / 255)
    shelf.readable('alpha.png', white, 1, alpha=True)
    sixteen = rgb.astype(np.uint16) * 257
    shelf.path('sixteen.png').write_bytes(png(sixteen, 2))
    shelf.readable('sixteen.png', rgb, 0, depth=16)
    shelf.path('sixteen-adobe-rgb.png').write_bytes(png(sixteen, 2, adobe_profile()))
    shelf.readable('sixteen-adobe-rgb.png', adobe_in_srgb(rgb), 4, depth=16)
    shelf.path('sixteen-alpha.png').write_bytes(png(np.concatenate([sixteen, alpha.astype(np.uint16) * 257], -1), 6))
    shelf.readable('sixteen-alpha.png', white, 1, depth=16, alpha=True)
    picture.save(shelf.path('lossless.webp'), lossless=True)
    shelf.readable('lossless.webp', rgb, 0)
    picture.save(shelf.path('best.avif'), quality=100, subsampling='4:4:4')
    shelf.readable('best.avif', rgb, 4)


def films(shelf, rgb, picture):
    coarse = Image.fromarray(rgb // 64 * 64)
    black = Image.new('RGB', picture.size)
    for name, options in (('film.gif', {}), ('film.webp', {'lossless': True}), ('film-apng.png', {'format': 'PNG'})):
        coarse.save(shelf.path(name), save_all=True, append_images=[black], duration=100, **options)
        shelf.readable(name, rgb // 64 * 64, 0, frames=True, **({'alpha': True} if name == 'film.gif' else {}))
    picture.save(shelf.path('pages.tif'), save_all=True, append_images=[black], compression='tiff_lzw')
    shelf.readable('pages.tif', rgb, 0, frames=True)


def refused(shelf, picture):
    kind = lambda name: f'A picture of the kind {name}, which cannot be read here; save a copy as JPEG or PNG.'
    picture.crop((0, 0, 8, 8)).save(shelf.path('tiny.bmp'))
    shelf.refused('tiny.bmp', shelf.path('tiny.bmp').read_bytes(), 'unsupported', kind('BMP'))
    shelf.refused('heic.jpg', ftyp(b'heic'), 'unsupported', kind('HEIC'))
    shelf.refused('jpeg-xl.jpg', b'\0\0\0\x0cJXL \r\n\x87\n' + bytes(32), 'unsupported', kind('JPEG XL'))
    shelf.refused('dng.jpg', b'II*\0\x08\0\0\0\x01\0' + struct.pack('<HHII', 50706, 1, 4, 0x0401) + bytes(16), 'unsupported', kind('camera raw (DNG)'))
    shelf.refused('camera-raw.tif', camera_raw(20000), 'unsupported', kind('camera raw'))
    shelf.refused('drawing.svg', b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"/>', 'unsupported', kind('SVG drawing'))
    shelf.refused('empty.jpg', b'', 'damaged', 'The file is empty (0 bytes).')
    shelf.refused('text.jpg', 'Noch kein Bild: später.\n'.encode(), 'not-a-picture', 'Not a picture: its content is text.')
    shelf.refused('page.jpg', b'<!DOCTYPE html><html><body>404</body></html>', 'not-a-picture', 'Not a picture: its content is a web page (HTML).')
    shelf.refused('film.jpg', ftyp(b'isom').replace(b'mif1', b'mp42'), 'not-a-picture', 'Not a picture: its content is that of a .mp4 file.')
    shelf.refused('noise.jpg', bytes((i * 89 + 7) % 256 for i in range(200)), 'not-a-picture', 'Not a picture: its content is of no known kind.')
    shelf.refused('header-only.jpg', b'\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0', 'damaged', 'The picture is cut off: its data end early.')
    shelf.refused('bomb.png', bomb(30000), 'too-large',
                  '30000 x 30000 pixels (900 million) are more than the 268 million that are read; save a smaller copy.')


def main(folder):
    shelf, rgb = Shelf(folder), drawn()
    picture = Image.fromarray(rgb)
    jpegs(shelf, rgb, picture)
    lossless(shelf, rgb, picture)
    films(shelf, rgb, picture)
    refused(shelf, picture)
    shelf.close()


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
