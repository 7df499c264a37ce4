"""The command line of the engine.

``python -m sentinel_match_plugin.engine match REFERENCE TARGET --tie-points points.csv``.
"""

from __future__ import annotations

import argparse
import json
import sys

from . import jobs, thread_settings
from .errors import SentinelMatchError
from .events import Events


class Terminal(Events):
    """Progress and messages on standard error."""

    def progress(self, fraction: float, stage: str = "") -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{fraction:4.0%} {stage:<30}")

    def info(self, text: str) -> None:
        sys.stderr.write(f"{text}\n")

    def warning(self, text: str) -> None:
        sys.stderr.write(f"Warning: {text}\n")


def main(arguments: list[str] | None = None) -> int:
    """Run one job.

    Prints its outcome as JSON on standard output. Exit code 0, or 1 with a sentence on standard error.
    """
    options = _parser().parse_args(arguments)
    thread_settings.settle()
    from .pipeline import run  # torch and its kin take seconds: only once there is work

    try:
        outcome = run(_job(options), Terminal())
    except SentinelMatchError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    text = json.dumps(
        {k: None if v != v else v for k, v in jobs.to_json(outcome).items()}, indent=1, ensure_ascii=False
    )
    sys.stdout.write(f"{text}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sentinel-match", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in (
        ("match", "find tie points"),
        ("coregister", "find tie points and warp the target onto the reference"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("reference")
        command.add_argument("target")
        command.add_argument("--reference-band", type=int, default=0)
        command.add_argument("--target-band", type=int, default=0)
        command.add_argument("--area", default="", help="GeoJSON polygons")
        command.add_argument("--area-mode", choices=jobs.AREA_MODES, default="inside")
        command.add_argument("--matcher", choices=jobs.MATCHERS, default="auto")
        command.add_argument("--max-shift", type=float, default=1500.0, help="metres")
        command.add_argument("--spacing", type=float, default=0.0, help="reference pixels; 0 chooses")
        command.add_argument("--min-score", type=float, default=0.0)
        command.add_argument("--device", choices=jobs.DEVICES, default="auto")
        command.add_argument("--seed", type=int, default=0)
        command.add_argument("--models", default="", help="folder with weights")
        command.add_argument("--tie-points", default="", help="CSV")
        command.add_argument("--gcp-file", default="", help=".points file of the Georeferencer")
        command.add_argument("--report", default="", help="HTML")
        command.add_argument("--match-figure", default="", help="PNG")
        if name == "coregister":
            command.add_argument("output", help="GeoTIFF")
        _common(command)
    command = commands.add_parser("warp", help="warp a raster by tie points (CSV)")
    command.add_argument("input")
    command.add_argument("tie_points")
    command.add_argument("output")
    command.add_argument("--tie-points-crs", required=True, help="CRS of ref_x, ref_y")
    command.add_argument("--grid", default="", help="raster whose grid the output takes")
    _common(command)
    return parser


def _common(command: argparse.ArgumentParser) -> None:
    command.add_argument("--transform", choices=jobs.TRANSFORMS, default="auto")
    command.add_argument("--resampling", choices=jobs.RESAMPLINGS, default="cubic")
    command.add_argument("--extent", nargs=5, metavar=("XMIN", "YMIN", "XMAX", "YMAX", "CRS"))


def _job(options: argparse.Namespace) -> jobs.Job:
    extent = None
    if options.extent:
        try:
            extent = jobs.Extent(tuple(float(v) for v in options.extent[:4]), options.extent[4])  # type: ignore[arg-type]
        except ValueError as error:
            raise SentinelMatchError(f"The extent needs four numbers and a CRS: {error}.") from error
    if options.command == "warp":
        grid = jobs.RasterInput(options.grid) if options.grid else None
        return jobs.WarpJob(
            input=jobs.RasterInput(options.input),
            tie_points=options.tie_points,
            tie_points_crs=options.tie_points_crs,
            output=options.output,
            grid=grid,
            transform=options.transform,
            resampling=options.resampling,
            extent=extent,
        )
    match = jobs.MatchJob(
        reference=jobs.RasterInput(options.reference, options.reference_band),
        target=jobs.RasterInput(options.target, options.target_band),
        extent=extent,
        area=jobs.AreaInput(options.area, options.area_mode) if options.area else None,
        matcher=options.matcher,
        max_shift_m=options.max_shift,
        spacing_px=options.spacing,
        transform=options.transform,
        min_score=options.min_score,
        device=options.device,
        seed=options.seed,
        model_folder=options.models,
        tie_points=options.tie_points,
        gcp_file=options.gcp_file,
        report=options.report,
        match_figure=options.match_figure,
    )
    return jobs.CoregisterJob(match, options.output, options.resampling) if options.command == "coregister" else match
