"""Sentinel Match at work: a pair of rasters is co-registered through the real ``qgis_process``, and the result is
looked at.

``make demo`` makes a pair whose true displacement is known (landscape.py) and tells the true error beside the reported
one; ``make demo REFERENCE=a.tif TARGET=b.tif`` does the same with rasters of your own, without a truth. Results:
./demo_output. Standard library only: the engine's Python does what needs more."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from pathlib import Path

from through_qgis import ROOT, Failed, run_algorithm, run_engine_script

GOOD_PX = 1.0  # the demo fails if half of the warped sample is farther off than this


def main() -> int:
    """Run the demo; 0, or 1 with a sentence on stderr."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--reference", help="your own reference raster")
    cli.add_argument("--target", help="your own target raster")
    cli.add_argument("--output", type=Path, default=ROOT / "demo_output", help="folder for the results")
    options = cli.parse_args()
    try:
        if bool(options.reference) != bool(options.target):
            raise Failed("Give both, REFERENCE and TARGET, or neither.")
        for path in filter(None, (options.reference, options.target)):
            if not Path(path).exists():
                raise Failed(f"There is no raster {path}.")
        options.output.mkdir(parents=True, exist_ok=True)
        if options.reference:
            show(options.reference, options.target, options.output, None)
        else:
            sample = make_sample(options.output / "sample")
            show(str(sample / "reference.tif"), str(sample / "target.tif"), options.output, sample)
    except (Failed, OSError) as error:
        sys.stderr.write(f"demo: {error}\n")
        return 1
    return 0


def make_sample(folder: Path) -> Path:
    """The generated pair; made again only when the scripts that make it have changed."""
    scripts = (ROOT / "scripts" / name for name in ("landscape.py", "landscape_ground.py"))
    key = hashlib.sha256(b"".join(script.read_bytes() for script in scripts)).hexdigest()
    made = folder / ".made"
    if not made.exists() or made.read_text() != key:
        say("Making the sample: fields, forests, rivers and villages, under snow and in summer ...")
        made.unlink(missing_ok=True)
        run_engine_script("landscape.py", "make", folder)
        made.write_text(key)
    return folder


def show(reference: str, target: str, output: Path, sample: Path | None) -> None:
    """Co-register, look, tell."""
    files = {
        "TIE_POINTS": output / "tie_points.gpkg",
        "SHIFT_VECTORS": output / "shift_vectors.gpkg",
        "GCP_FILE": output / "target.points",
        "REPORT": output / "report.html",
        "MATCH_FIGURE": output / "match.png",
        "OUTPUT": output / "target_on_reference.tif",
    }
    for path in (*files.values(), output / "before_after.png"):
        path.unlink(missing_ok=True)  # what is there afterwards is of this run
    say("Running qgis_process run sentinelmatch:coregister with its defaults ...")
    started = time.monotonic()
    results = run_algorithm(
        "sentinelmatch:coregister",
        {"REFERENCE": reference, "TARGET": target, **files},
        ROOT / ".cache" / "qgis-profile",
    )
    say(f"... took {time.monotonic() - started:.0f} s.\n")
    for name in ("STATUS", "COUNT", "INLIERS"):
        say(f"{name:<8}{results.get(name)}")
    for name in ("RMSE", "CE90"):
        value = results.get(name)
        say(f"{name:<8}{'not known' if value is None else f'{value:.2f} m (measured on points held out from the fit)'}")
    if results.get("STATUS") == "no_match":
        say(f"{'REPORT':<8}{files['REPORT']}")
        raise Failed(f"no match, so no raster was written. {_one_line(results.get('MESSAGES'))}")
    if sample is not None:
        tell_truth(sample, files["TIE_POINTS"], files["OUTPUT"], results)
    run_engine_script("demo_check.py", "picture", reference, target, files["OUTPUT"], output / "before_after.png")
    say("\nLayers to open in QGIS, and pictures to look at:")
    say(f"  {'reference':<30}{reference}")
    say(f"  {'target as given':<30}{target}")
    names = ("tie points", "shift vectors", "points for the Georeferencer", "report", "matches", "warped target")
    for name, path in (*zip(names, files.values()), ("before and after", output / "before_after.png")):
        if not path.exists():
            raise Failed(f"{path} was not written.")
        say(f"  {name:<30}{path}")


def tell_truth(sample: Path, tie_points: Path, warped: Path, results: dict) -> None:
    """The true error of the sample, beside the reported one. Raises Failed if it is not a good result."""
    found = json.loads(
        run_engine_script("demo_check.py", "truth", sample, "--tie-points", tie_points, "--warped", warped)
    )
    say("\nThe truth is known here (one reference pixel is 10 m):")
    for name, what in (
        ("points", "true error of the tie points (inliers)"),
        ("raster", "true error of the warped raster"),
    ):
        median, p90 = found[f"{name}_median"], found[f"{name}_p90"]
        say(
            f"  {what:<40} median {10 * median:.2f} m = {median:.2f} px, 90 % within {10 * p90:.2f} m = {p90:.2f} px "
            f"({found[f'{name}_measured']} places)"
        )
    if found["raster_median"] > GOOD_PX or results.get("STATUS") != "ok":
        raise Failed(
            f"this is not a good result: STATUS {results.get('STATUS')}, and half of the warped raster is more than "
            f"{found['raster_median']:.2f} px off. "
            f"{_one_line(results.get('MESSAGES'))}"
        )


def _one_line(messages: object) -> str:
    parts = messages if isinstance(messages, (list, tuple)) else str(messages or "").splitlines()
    return " ".join(str(part).strip() for part in parts)


def say(text: str) -> None:
    """A line for the person at the terminal, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
