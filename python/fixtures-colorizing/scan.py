#!/usr/bin/env python3
"""Writes test/fixtures/colorizing/scan.jpg: a photograph lying on its side as cameras store it, with all that a
colorized copy must keep (camera, date, exposure, author, place, XMP, resolution) or leave behind (orientation,
thumbnail, maker note). Needs: pip install pillow piexif numpy
"""
import io
from pathlib import Path
import numpy as np
import piexif
from PIL import Image

XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" tiff:Orientation="6" xmp:Rating="4">
 <dc:subject><rdf:Bag><rdf:li>harbour</rdf:li></rdf:Bag></dc:subject>
 <xmp:Thumbnails><rdf:Alt><rdf:li>old preview</rdf:li></rdf:Alt></xmp:Thumbnails>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def picture(width, height):
    """A lightness ramp with a dark square in the corner that is the upper left one once the picture stands upright."""
    y, x = np.mgrid[0:height, 0:width]
    gray = 60 + 150 * (x + y) / (width + height)
    gray[height - 12:, :12] = 10
    return Image.fromarray(np.repeat(gray.astype(np.uint8)[..., None], 3, axis=2))


def main():
    thumbnail = io.BytesIO()
    picture(24, 16).save(thumbnail, 'JPEG')
    exif = piexif.dump({
        '0th': {piexif.ImageIFD.Make: 'Contax', piexif.ImageIFD.Model: 'II', piexif.ImageIFD.Orientation: 6,
                piexif.ImageIFD.DateTime: '2019:07:06 05:04:03', piexif.ImageIFD.Artist: 'Zoë'.encode(),
                piexif.ImageIFD.XResolution: (300, 1), piexif.ImageIFD.YResolution: (300, 1),
                piexif.ImageIFD.ResolutionUnit: 2},
        'Exif': {piexif.ExifIFD.DateTimeOriginal: '1938:12:24 18:30:00', piexif.ExifIFD.ExposureTime: (1, 125),
                 piexif.ExifIFD.FNumber: (56, 10), piexif.ExifIFD.ISOSpeedRatings: 40,
                 piexif.ExifIFD.ExposureBiasValue: (-2, 3), piexif.ExifIFD.LensModel: 'Sonnar 5 cm <"f/2">',
                 piexif.ExifIFD.MakerNote: b'secret offsets'},
        'GPS': {piexif.GPSIFD.GPSLatitudeRef: 'N', piexif.GPSIFD.GPSLatitude: ((54, 1), (19, 1), (1230, 100))},
        '1st': {piexif.ImageIFD.Compression: 6},
        'thumbnail': thumbnail.getvalue(),
    })
    out = Path(__file__).resolve().parents[2] / 'test' / 'fixtures' / 'colorizing' / 'scan.jpg'
    picture(96, 64).save(out, quality=92, exif=exif, xmp=XMP.encode(), dpi=(300, 300))


if __name__ == '__main__':
    main()
