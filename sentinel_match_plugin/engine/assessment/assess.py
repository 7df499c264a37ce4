"""Every matcher on every pair, and what that comes to."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..errors import InputError
from ..events import Events
from ..imagery.rasters import open_raster
from ..jobs import AssessJob, AssessOutcome, MatchJob, RasterInput
from ..jobs.assessment import GEOREFERENCING, check_thresholds, columns
from ..matchers import MATCHERS, shared_options
from ..preparation import refuse_same
from ..results.outputs import check_outputs, replacing
from .bare import without_georeferencing
from .judging import Judge
from .measuring import CURVE_PX, PairToJudge, look_up, measure, not_run, unavailable
from .season_pairs import pair_folders
from .summary import table_rows

READY = 0.05  # of the time, until it is known which matchers can run


def run(job: AssessJob, events: Events) -> AssessOutcome:
    """Do it. Raises InputError for what cannot be asked, and where not one matcher ran on one pair.

    A matcher that cannot run is a row that says so. What stood at the outputs before survives every failure.
    """
    matchers = check_matchers(job.matchers)
    thresholds_px = check_thresholds(job.thresholds_px)
    options = shared_options(matchers, job.matcher_options)
    said: list[str] = []

    def say(text: str) -> None:
        said.append(text)
        events.info(text)

    if thresholds_px != tuple(job.thresholds_px):
        say(f"Thresholds, sorted and each once: {', '.join(f'{t:g}' for t in thresholds_px)} px.")
    with tempfile.TemporaryDirectory(prefix="sentinel-match-") as folder:
        pairs = _pairs(job, Path(folder))
        check_outputs(
            [job.table, job.figure, job.report],
            [job.known_warp, *(raster.path for p in pairs for raster in (p.reference, p.target))],
        )
        judge = Judge(pairs[0].known)
        judged_by = judge.sentence if len(pairs) == 1 else f"{judge.short} of each of {len(pairs)} pairs"
        say(f"Judged by {judged_by}.")
        if job.georeferencing == "ignore":
            say("The georeferencing is hidden from the matchers.")
        if job.extent or job.area:
            say("Only what lies in the extent and the area is matched and judged.")
        for matcher, given in options.items():
            if given:
                say(f"Options of {matcher}: {given}.")
        runs = _all_runs(job, options, pairs, thresholds_px, events, say)
    ran = [one for one in runs if one["state"] == "ran"]
    if not ran:
        reasons = "; ".join(f"{one['matcher']}: {one['note']}" for one in _first_of_each(runs))
        raise InputError(f"Not one of the matchers could run. {reasons}")
    outcome = AssessOutcome(
        judged_by=judged_by,
        messages=said,
        pairs=len(pairs),
        rows=table_rows(runs, matchers, thresholds_px, judge.short, job.seed),
        runs=runs,
        curve_px=list(_curve(thresholds_px)),
    )
    events.progress(0.99, "writing")
    return replace(outcome, outputs=_write(job, outcome, thresholds_px))


def check_matchers(names: Iterable[str]) -> tuple[str, ...]:
    """The names, each once. Raises InputError for a name that is no matcher's, and for none at all."""
    chosen = tuple(dict.fromkeys(names))
    if not chosen:
        raise InputError(f"No matcher was chosen: name at least one of {', '.join(MATCHERS)}.")
    for name in chosen:
        if name not in MATCHERS:
            raise InputError(f"There is no matcher “{name}”: choose from {', '.join(MATCHERS)}.")
    return chosen


def _pairs(job: AssessJob, folder: Path) -> list[PairToJudge]:
    """The pairs with their truth. ``folder`` takes virtual copies without georeferencing."""
    if job.georeferencing not in GEOREFERENCING:
        raise InputError(f"The georeferencing is used or ignored (use, ignore), not “{job.georeferencing}”.")
    if job.pairs and (job.reference or job.target):
        raise InputError("Give a reference and a target, or a folder of pairs, not both.")
    if (job.extent or job.area) and (job.pairs or job.georeferencing == "ignore"):
        raise InputError("An extent or area is for two rasters whose georeferencing is used.")
    if not job.pairs:
        if job.reference is None or job.target is None:
            raise InputError("A reference and a target are needed, or a folder of pairs.")
        with (
            open_raster(job.reference.path, job.reference.label) as first,
            open_raster(job.target.path, job.target.label) as second,
        ):
            refuse_same(MatchJob(job.reference, job.target), first.info, second.info)
            name = f"{second.info.label} on {first.info.label}"
        pairs = [look_up(name, job.reference, job.target, job.known_warp or "none", job.extent, job.area)]
    else:
        if job.known_warp not in ("", "none", "identity"):
            raise InputError(
                "The pairs of a folder have each their own known warp: leave it empty for their truth.json, or give "
                "none or identity."
            )
        pairs = [
            look_up(
                path.name,
                RasterInput(str(path / "reference.tif")),
                RasterInput(str(path / "target.tif")),
                job.known_warp or str(path / "truth.json"),
            )
            for path in pair_folders(job.pairs)
        ]
    if job.georeferencing == "use":
        return pairs
    return [_bare(pair, number, folder) for number, pair in enumerate(pairs)]


def _bare(pair: PairToJudge, number: int, folder: Path) -> PairToJudge:
    sides = [
        replace(
            raster,
            path=without_georeferencing(raster.path, folder, f"{number}_{side}"),
            label=raster.label or Path(raster.path).name,
        )
        for side, raster in (("reference", pair.reference), ("target", pair.target))
    ]
    return replace(pair, reference=sides[0], target=sides[1])


def _all_runs(
    job: AssessJob,
    options: dict[str, str],
    pairs: list[PairToJudge],
    thresholds_px: tuple[float, ...],
    events: Events,
    say: Any,
) -> list[dict[str, Any]]:
    settings = MatchJob(
        pairs[0].reference,
        pairs[0].target,
        max_shift_m=job.max_shift_m,
        device=job.device,
        seed=job.seed,
        model_folder=job.model_folder,
        extent=job.extent,
        area=job.area,
    )
    missing = {}
    for number, (matcher, given) in enumerate(options.items()):
        events.check_cancelled()
        events.progress(READY * number / len(options), f"preparing {matcher}")
        why = unavailable(matcher, replace(settings, matcher_options=given))
        if why:
            missing[matcher] = why
            say(f"{matcher} cannot run: {why}")
    tell = say if len(pairs) == 1 else events.info  # hundreds of runs are for the log, not for the report
    runs = []
    todo = [(pair, matcher) for pair in pairs for matcher in options]
    for number, (pair, matcher) in enumerate(todo):
        events.check_cancelled()
        start, each = READY, (0.98 - READY) / len(todo)
        events.progress(start + each * number, f"{matcher}, {pair.name}")
        if matcher in missing:
            runs.append({**not_run(pair.name, matcher, missing[matcher]), "weights": _weights(matcher)})
            continue
        with events.part(start + each * number, start + each * (number + 1)) as stage:
            own = replace(settings, matcher_options=options[matcher])
            runs.append(measure(pair, matcher, own, thresholds_px, _curve(thresholds_px), stage))
        one = runs[-1]
        if one["state"] == "ran":
            shares = ", ".join(
                f"{right} within {threshold:g} px"
                for right, threshold in zip(one["right_found"], thresholds_px, strict=True)
            )
            tell(
                f"{pair.name}, {matcher}: {one['found']} matches, {shares}; {one['kept']} kept; {one['seconds']:.1f} s."
            )
        else:
            tell(f"{pair.name}, {matcher}: did not run. {one['note']}")
    return runs


def _weights(matcher: str) -> str:
    return "missing" if MATCHERS[matcher].weights else "none"


def _first_of_each(runs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({one["matcher"]: one for one in reversed(runs)}.values())[::-1]


def _curve(thresholds_px: tuple[float, ...]) -> tuple[float, ...]:
    """Where the curves are measured: as far as the largest threshold, and at least to 10 px."""
    farthest = max(10.0, thresholds_px[-1])
    return tuple(sorted({*(px for px in CURVE_PX if px <= farthest), *thresholds_px}))


def _write(job: AssessJob, outcome: AssessOutcome, thresholds_px: tuple[float, ...]) -> dict[str, str]:
    if job.table:
        names = [name for name, _ in columns(thresholds_px)]
        with replacing(job.table) as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(names)
            writer.writerows([["" if row[name] is None else row[name] for name in names] for row in outcome.rows])
    if job.figure or job.report:
        from .report import write_pictures  # matplotlib takes most of a second: only for who wants pictures

        write_pictures(job, outcome, thresholds_px)
    paths = {"table": job.table, "figure": job.figure, "report": job.report}
    return {name: path for name, path in paths.items() if path}
