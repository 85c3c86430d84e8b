"""Ridge, lasso and elastic net of scikit-learn, Student's t of SciPy: writes test/fixtures/labs/linear.json.

The points are formulas (python/fixtures/pattern.py), so that the file holds the figures only. Our objective is
sum (y - Xw)^2 + lambda (m |w| + (1 - m) w^2 / 2); scikit-learn's objectives are scaled otherwise, see below.
Run: python python/fixtures-labs/linear.py   (scikit-learn, SciPy)
"""

import json
import pathlib
import sys

import numpy as np
import scipy.stats
import sklearn
from sklearn.linear_model import ElasticNet, Lasso, Ridge

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "fixtures"))
from pattern import noise  # noqa: E402

POINTS, FEATURES, LAMBDA, MIX = 24, 6, 4.0, 0.6
X = noise([POINTS, FEATURES], 1.0).astype(np.float64)
Y = (X @ np.array([2.0, -1.0, 0.0, 0.5, 0.0, 0.03]) + noise([POINTS], 2.0, 0.3)).astype(np.float64)


def fitted(model):
    model.fit(X, Y)
    return {"weights": [float(f"{w:.8g}") for w in model.coef_], "bias": float(f"{model.intercept_:.8g}")}


def figures():
    exact = dict(tol=1e-12, max_iter=1_000_000)
    return {
        "scikit-learn": sklearn.__version__,
        "points": POINTS, "features": FEATURES, "lambda": LAMBDA, "mix": MIX,
        # |y - Xw|^2 + alpha |w|^2
        "l2": fitted(Ridge(alpha=LAMBDA / 2)),
        # |y - Xw|^2 / (2 n) + alpha |w|
        "l1": fitted(Lasso(alpha=LAMBDA / (2 * POINTS), **exact)),
        # |y - Xw|^2 / (2 n) + alpha (r |w| + (1 - r) w^2 / 2)
        "elastic": fitted(ElasticNet(alpha=LAMBDA / (2 * POINTS), l1_ratio=MIX, **exact)),
        "student": {str(df): float(scipy.stats.t.ppf(0.975, df)) for df in (1, 4, 19, 30, 31, 49, 200)},
    }


if __name__ == "__main__":
    target = pathlib.Path(__file__).parents[2] / "test" / "fixtures" / "labs" / "linear.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(figures(), indent=2) + "\n")
