#!/usr/bin/env python3
"""The pictures of docs/tutorial.md: the dialog in a QGIS window, and parts of the report of the same two rasters.

scripts/tutorial_pictures.py FOLDER     FOLDER keeps the landscape and the report

Needs what screenshot_dialog.py needs, chromium, and the Python of the engine.
"""

from __future__ import annotations

import base64
import io
import re
import shutil
import subprocess
import sys
from pathlib import Path

import landscape
from PIL import Image
from screenshot_dialog import screenshot

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "sentinel_match_plugin" / "processing" / "help" / "pictures"
DIALOG = (206, 14, 1296, 976)  # of the window that screenshot_dialog.py makes
WIDTH = 900
PARTS = {"Spread of the points": "spread", "Displacement": "displacement", "Before and after": "before_after"}


def main() -> int:
    """Make all of them."""
    folder = Path(sys.argv[1])
    if not (folder / "truth.json").exists():
        landscape.make(folder)
    pair = [folder / f"{name}.tif" for name in ("reference", "target")]
    window = folder / "window.png"
    screenshot(window, layers=tuple(pair))
    save(Image.open(window).crop(DIALOG), "dialog")
    report = folder / "report.html"
    command = [sys.executable, "-m", "sentinel_match_plugin.engine", "coregister", *pair, folder / "warped.tif"]
    subprocess.run([*map(str, command), "--report", str(report)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    text = report.read_text(encoding="utf-8")
    for title, name in PARTS.items():
        data = re.search(rf'<img alt="{title}" src="data:image/jpeg;base64,([^"]+)"', text)[1]
        save(Image.open(io.BytesIO(base64.b64decode(data))), name)
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1000,820"]
    head = folder / "head.png"
    command = [browser, *options, f"--user-data-dir={folder / 'browser'}", f"--screenshot={head}", report.as_uri()]
    subprocess.run(command, check=True, capture_output=True)
    save(Image.open(head), "report")
    return 0


def save(picture: Image.Image, name: str) -> None:
    """As a JPEG of at most WIDTH pixels."""
    picture = picture.convert("RGB")
    picture.thumbnail((WIDTH, 10_000))
    picture.save(PICTURES / f"tutorial_{name}.jpg", quality=80, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
