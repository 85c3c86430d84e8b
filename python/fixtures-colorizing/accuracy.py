#!/usr/bin/env python3
"""Writes test/fixtures/colorizing/accuracy: true and predicted pictures, and what an independent program says of them.

Usage: accuracy.py AUC_REFERENCE.py      needs: pip install pillow numpy scikit-image
AUC_REFERENCE.py takes two folders and prints {"pairs", "auc", "auc_rebalanced", "psnr"} as JSON. The accuracy curves are
worked out here, pixel by pixel with scikit-image's Lab.
"""
import json, subprocess, sys
from pathlib import Path
import numpy as np
from PIL import Image
from skimage.color import rgb2lab

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / 'test' / 'fixtures' / 'colorizing' / 'accuracy'


def faded(rgb, keep, tint):
    """Colour pulled towards gray, with a tint: about what a timid network answers."""
    gray = rgb.mean(-1, keepdims=True)
    return np.clip(gray + keep * (rgb - gray) + tint, 0, 255)


def ab(path):
    return rgb2lab(np.asarray(Image.open(path).convert('RGB')) / 255.0)[..., 1:].reshape(-1, 2)


def curves():
    """Share of the pixels within t = 0..150 ab units of the truth: plain, and with every 10-unit tile of true colours counting alike."""
    names = sorted(path.name for path in (OUT / 'truth').iterdir())
    truth, predicted = (np.concatenate([ab(OUT / folder / name) for name in names]) for folder in ('truth', 'predicted'))
    distance = np.linalg.norm(truth - predicted, axis=1)
    tiles = np.floor((truth + 110) / 10).astype(int) @ [22, 1]
    weight = 1 / np.bincount(tiles, minlength=484)[tiles]
    within = distance[None, :] <= np.arange(151)[:, None]
    return {'curve': within.mean(1).round(6).tolist(), 'curve_rebalanced': (within @ weight / weight.sum()).round(6).tolist()}


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
    (OUT / 'expected.json').write_text(json.dumps(json.loads(said.stdout) | curves()) + '\n')


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
