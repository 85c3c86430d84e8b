#!/usr/bin/env python3
"""Writes test/fixtures/colorizing/accuracy: true and predicted pictures, and what an independent program says of them.

Usage: accuracy.py AUC_REFERENCE.py      needs: pip install pillow numpy scikit-image
AUC_REFERENCE.py takes two folders and prints {"pairs", "auc", "auc_rebalanced", "psnr"} as JSON.
"""
import json, subprocess, sys
from pathlib import Path
import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / 'test' / 'fixtures' / 'colorizing' / 'accuracy'


def faded(rgb, keep, tint):
    """Colour pulled towards gray, with a tint: about what a timid network answers."""
    gray = rgb.mean(-1, keepdims=True)
    return np.clip(gray + keep * (rgb - gray) + tint, 0, 255)


def main(reference):
    photographs = sorted((ROOT / 'resources' / 'photographs' / 'held-out').glob('*.jpg'))[::5][:3]
    for folder in ('truth', 'predicted'):
        (OUT / folder).mkdir(parents=True, exist_ok=True)
    for k, path in enumerate(photographs):
        truth = np.asarray(Image.open(path).convert('RGB').crop((40, 60, 112, 116)), float)
        predicted = faded(truth, [0.3, 0.6, 1.0][k], [[12, 0, -14], [0, 0, 0], [-6, 4, 9]][k])
        Image.fromarray(truth.astype(np.uint8)).save(OUT / 'truth' / f'{k}.png')
        Image.fromarray(predicted.round().astype(np.uint8)).save(OUT / 'predicted' / f'{k}.png')
    said = subprocess.run([sys.executable, reference, OUT / 'truth', OUT / 'predicted'], check=True, capture_output=True, text=True)
    (OUT / 'expected.json').write_text(json.dumps(json.loads(said.stdout), indent=2) + '\n')


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
