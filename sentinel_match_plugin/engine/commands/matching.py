"""``match``, ``coregister`` and ``warp``."""

from __future__ import annotations

import argparse
from typing import Any

from .. import jobs
from .options import add_area, add_engine, add_extent, area, extent


def add(commands: Any) -> None:
    """Add the commands to ``commands``, what ``ArgumentParser.add_subparsers`` gave."""
    match = commands.add_parser("match", help="find tie points")
    _add_match(match)
    match.set_defaults(job=_match)
    coregister = commands.add_parser("coregister", help="find tie points and warp the target onto the reference")
    _add_match(coregister)
    coregister.add_argument("output", help="GeoTIFF")
    coregister.set_defaults(job=_coregister)
    warp = commands.add_parser("warp", help="warp a raster by tie points (CSV)")
    warp.add_argument("input")
    warp.add_argument("tie_points")
    warp.add_argument("output")
    warp.add_argument("--tie-points-crs", required=True, help="CRS of ref_x, ref_y")
    warp.add_argument("--grid", default="", help="raster whose grid the output takes")
    warp.set_defaults(job=_warp)
    for command in (match, coregister, warp):
        command.add_argument("--transform", choices=jobs.TRANSFORMS, default="auto")
        command.add_argument("--resampling", choices=jobs.RESAMPLINGS, default="cubic")
        add_extent(command)


def _add_match(command: argparse.ArgumentParser) -> None:
    command.add_argument("reference")
    command.add_argument("target")
    command.add_argument("--reference-band", type=int, default=0)
    command.add_argument("--target-band", type=int, default=0)
    command.add_argument("--matcher", choices=jobs.MATCHERS, default="auto")
    command.add_argument(
        "--matcher-option",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="of the matcher chosen, as threshold=0.4; may be given several times",
    )
    command.add_argument("--max-shift", type=float, default=1500.0, help="metres")
    command.add_argument("--spacing", type=float, default=0.0, help="reference pixels; 0 chooses")
    command.add_argument("--min-score", type=float, default=0.0)
    command.add_argument("--tie-points", default="", help="CSV")
    command.add_argument("--gcp-file", default="", help=".points file of the Georeferencer")
    command.add_argument("--report", default="", help="HTML")
    command.add_argument("--match-figure", default="", help="PNG")
    add_area(command)
    add_engine(command)


def _match(options: argparse.Namespace) -> jobs.MatchJob:
    return jobs.MatchJob(
        reference=jobs.RasterInput(options.reference, options.reference_band),
        target=jobs.RasterInput(options.target, options.target_band),
        extent=extent(options),
        area=area(options),
        matcher=options.matcher,
        matcher_options=" ".join(options.matcher_option),
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


def _coregister(options: argparse.Namespace) -> jobs.CoregisterJob:
    return jobs.CoregisterJob(_match(options), options.output, options.resampling)


def _warp(options: argparse.Namespace) -> jobs.WarpJob:
    return jobs.WarpJob(
        input=jobs.RasterInput(options.input),
        tie_points=options.tie_points,
        tie_points_crs=options.tie_points_crs,
        output=options.output,
        grid=jobs.RasterInput(options.grid) if options.grid else None,
        transform=options.transform,
        resampling=options.resampling,
        extent=extent(options),
    )
