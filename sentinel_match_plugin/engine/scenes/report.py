"""The report of a comparison: the heat map, the places, pairs to look at, and what was wrong, in one HTML file."""

from __future__ import annotations

import html
from pathlib import Path

import numpy as np

from ..results import page
from ..results.drawing import jpeg, png
from .comparison import Comparison
from .gallery import Choice, chosen, pair_figure
from .matrix_figure import matrix_figure
from .places import by_date, date_of
from .table import Row

_WHAT = {
    "structure": (
        "Similarity is how far the best way to lay one scene over the other stands out from all others: 1 minus the "
        "highest rival's correlation over the best one's, times the probability that so many windows would not agree "
        "on it by chance. Inliers are those windows. Season and crops change it little; clouds lower it."
    ),
    "keypoints": (
        "Inliers are keypoints that agree on one shift, rotation and scale; similarity is inliers / (inliers + 30). "
        "Different seasons lower it: a pair below the threshold may show one place."
    ),
}


def write_report(path: str | Path, comparison: Comparison) -> None:
    """The whole report. Raises OutputError."""
    same = sum(bool(row.same_place) for row in comparison.rows)
    unusable = [scene for scene in comparison.scenes if scene.trouble]
    about = page.table(
        [
            ("Scenes", f"{len(comparison.scenes)}" + (f", {len(unusable)} of them left out" if unusable else "")),
            ("Pairs", f"{len(comparison.rows):,}"),
            ("of the same place", f"{same:,}"),
            ("Places", f"{len(comparison.places)} with at least two scenes"),
            ("Compared by", comparison.matcher),
            ("Same place from", f"a similarity of {comparison.job.threshold:g}"),
        ]
    )
    what = _WHAT.get(comparison.matcher, _WHAT["keypoints"])
    body = [
        page.section("Result", about, page.note(what)),
        page.bullets("Left out", [f"{scene.label}: {scene.trouble}" for scene in unusable]),
        page.section(
            "All pairs",
            page.paragraph("Scenes of one place stand together, by date; a frame is a place. Green: the same place."),
            page.image("Heat map", png(matrix_figure(comparison)), "png"),
        ),
        *(_gallery(comparison, choice) for choice in chosen(comparison)),
        *_places(comparison),
        page.repeat("comparescenes", parameters_of(comparison)),
    ]
    page.write_page(path, f"{len(comparison.scenes)} scenes compared", body)


def _gallery(comparison: Comparison, choice: Choice) -> str:
    rows = {(row.scene_a, row.scene_b): row for row in comparison.rows}
    boxes = []
    for pair in choice.pairs:
        first, second = comparison.scenes[pair.first], comparison.scenes[pair.second]
        figure = pair_figure(first, second, pair.view, comparison.work.again(pair))
        said = html.escape(_figures(rows[first.label, second.label]))
        picture = page.image(f"{first.label} and {second.label}", jpeg(figure, 80))
        boxes.append(f'<figure style="flex-basis: 440px">{picture}<figcaption>{said}</figcaption></figure>')
    return page.section(choice.title, page.paragraph(choice.text), f'<div class="pair">{"".join(boxes)}</div>')


def _figures(row: Row) -> str:
    said = f"similarity {row.similarity:.2f}, {row.inliers} inliers"
    if row.shift is not None and row.same_place:
        said += f", shift {row.shift[0]:+.2f}, {row.shift[1]:+.2f} {row.shift_unit}"
    return said


def _places(comparison: Comparison) -> list[str]:
    parts = []
    grouped = [("Place " + str(number + 1), place) for number, place in enumerate(comparison.places)]
    linked = {number for place in comparison.places for number in place}
    alone = [n for n, scene in enumerate(comparison.scenes) if n not in linked and not scene.trouble]
    for title, members in [*grouped, ("Linked to no other scene", alone)]:
        if not members:
            continue
        rows: list[tuple[str, ...]] = [("Scene", "date", "size", "pixel", "shows ground", "linked to", "best")]
        for number in sorted(members, key=lambda n: by_date(comparison.scenes[n].label)):
            rows.append(_about(comparison, number))
        count = f"{len(members)} scene" + "s" * (len(members) != 1)
        parts.append(page.section(f"{title}: {count}", page.table(rows, header=True, figures=True)))
    return parts


def _about(comparison: Comparison, number: int) -> tuple[str, ...]:
    scene = comparison.scenes[number]
    info = scene.info
    if info is None:
        return (scene.label, *("",) * 6)
    similarity = comparison.similarity[number]
    best = f"{np.nanmax(similarity):.2f}" if np.isfinite(similarity).any() else ""
    pixel = f"{info.gsd_m:.4g} m" if info.georeference.crs is not None else "not known"
    size = f"{info.width} x {info.height}"
    linked = f"{int(comparison.same[number].sum())}"
    return scene.label, date_of(scene.label), size, pixel, f"{scene.shown:.0%}", linked, best


def parameters_of(comparison: Comparison) -> list[tuple[str, object]]:
    """What to give to the algorithm to do it again."""
    job = comparison.job
    given: list[tuple[str, object]] = [("INPUTS", source.source or source.path) for source in job.inputs]
    given += [("FOLDER", job.folder)] if job.folder else []
    given += [("AREA", job.area.source or job.area.path), ("AREA_MODE", job.area.mode)] if job.area else []
    plain = type(job)()
    for name in ("matcher", "threshold", "max_shift_m", "min_overlap", "device"):
        if getattr(job, name) != getattr(plain, name):
            given.append((name.removesuffix("_m").upper(), getattr(job, name)))
    return [*given, ("PAIRS", "pairs.csv")]
