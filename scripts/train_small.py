"""``make train``: the whole road once, small: training set, training, figures on places that training never saw.

The training set of training_set.py is made from ``../shared/data`` (once: it stays in .cache/training), the network of
``seasonal`` is trained on it for some minutes, and the untrained and the trained network match the same pairs of the
held-out place. On two cores it takes less than half an hour. Stopped, it goes on where it was. Needs the engine's
Python.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import shutil
import sys
import time
from pathlib import Path

from training_set import DATA, NO_DATA, ROOT, arguments

CACHE = ROOT / ".cache" / "training"
MINUTES = 12.0
SETTINGS = ("--batch", "4", "--validate-minutes", "4", "--validation-pairs", "16", "--test-pairs", "100")
# So few steps gain more at a low rate, and on pairs whose target the matcher would have turned already
RECIPE = ("--learning-rate", "4e-4", "--options", "motion=stepped untouched=0.6")


def main() -> int:
    """0; otherwise the exit code of what failed, which has said why."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--minutes", type=float, default=MINUTES, help="of training; the rest takes some ten more")
    cli.add_argument("--folder", type=Path, default=CACHE, help="keeps the training set, the run and the weights")
    cli.add_argument("--fresh", action="store_true", help="begin the training anew")
    options, more = cli.parse_known_args()
    if not DATA.is_dir():
        sys.stderr.write(NO_DATA)
        return 1
    began = time.monotonic()
    options.folder.mkdir(parents=True, exist_ok=True)
    made, run, weights = (options.folder / name for name in ("set", "run", "seasonal.safetensors"))
    if options.fresh:
        shutil.rmtree(run, ignore_errors=True)
    code = 0 if (made / "index.json").is_file() else engine(arguments(made))
    if not code:
        length = ["--minutes", f"{options.minutes:g}", "--run-folder", str(run)]
        outputs = ["--weights", str(weights), "--log-figure", str(weights.with_suffix(".png"))]
        code = engine(["train-matcher", str(made), *length, *SETTINGS, *RECIPE, *outputs, *more])
    if not code:
        sys.stdout.write(figures(weights.with_suffix(".md").read_text(encoding="utf-8")))
        minutes = (time.monotonic() - began) / 60
        sys.stdout.write(f"\n{weights}, .md, .png beside it, log in {run}; {minutes:.0f} minutes in all.\n")
    return code


def engine(words: list[str]) -> int:
    """The engine's command line without the outcome that it prints, which is meant for programs."""
    sys.path.insert(0, str(ROOT))
    from sentinel_match_plugin.engine.cli import main as command_line

    with contextlib.redirect_stdout(io.StringIO()):
        return command_line(words)


def figures(card: str) -> str:
    """The part of a model card that tells how good the weights are."""
    return card.partition("## Figures\n")[2].partition("\n## ")[0].strip() + "\n"


if __name__ == "__main__":
    sys.exit(main())
