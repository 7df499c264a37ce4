"""``scene_cover.py FILE ...`` prints, of each gray image as JSON, which share is ``empty`` (black, a few pixels of its
edge included) and which of the rest is ``bright``: above 110, which in a true-colour image of Sentinel-2 is cloud or
snow, not ground. Needs the engine's Python.
"""

from __future__ import annotations

import json
import sys

import cv2
import numpy as np

BLACK, BRIGHT, EDGE_PX = 3, 110, 9


def cover(path: str) -> dict[str, float]:
    """Shares 0..1."""
    image = cv2.imread(path, cv2.IMREAD_GRAYSCALE)
    shown = cv2.erode((image > BLACK).astype(np.uint8), np.ones((EDGE_PX, EDGE_PX), np.uint8)) > 0
    bright = float((image[shown] > BRIGHT).mean()) if shown.any() else 0.0
    return {"empty": float(1 - shown.mean()), "bright": bright}


if __name__ == "__main__":
    sys.stdout.write(json.dumps({path: cover(path) for path in sys.argv[1:]}))
