"""Bands of a product as one raster: on one grid, in reflectance, without clouds, cut out, block by block."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import numpy as np
import rasterio

from ..errors import InputError
from ..events import Events
from ..frames.georeference import Georeference
from ..imagery.area import Area, load_area
from ..imagery.raster_info import RasterInfo
from ..jobs import NORMALISATIONS, Extent, PreparedProduct, PrepareSentinel2Job
from ..results.output_grid import OutputGrid, output_grid
from ..results.raster_writer import BlockWriter, check_output, new_raster
from .band_names import NATIVE_M, parse_bands
from .cloud_masks import cloud_mask
from .container import Folder
from .layout import layout_of
from .normalisation import Histogram, Scale, Target, scale_of, target_of, written
from .plan import Band, Plan
from .product import Product, open_product
from .reading import Source, colour, numbers, open_source

FINEST_M, COARSEST_M = 1.0, 10_000.0


def prepare(job: PrepareSentinel2Job, events: Events) -> PreparedProduct:
    """Do a job. Raises InputError, naming what is missing; OutputError; Cancelled. Nothing half-written stays."""
    _check_options(job)
    said: list[str] = []

    def say(text: str) -> None:
        said.append(text)
        events.info(text)

    asked = parse_bands(job.bands)
    product = open_product(job.product)
    say(f"{product.describe()}.")
    for note in product.notes:
        say(note)
    bands = product.bands(asked)
    metres = job.resolution_m or _finest(product, bands)
    with ExitStack() as files:
        sources = {band: open_source(product, product.image(band, metres), files) for band in bands}
        whole = [product.files.root] if isinstance(product.files, Folder) else []
        polygons = [job.area.path] if job.area else []
        check_output(
            job.output, [job.product, *whole, *polygons, *(f for s in sources.values() for f in s.dataset.files)]
        )
        say(_choice(sources, metres))
        grid, area = _grid(product, list(sources.values()), metres, job)
        crs = grid.georeference.crs
        masked = (job.mask_clouds or job.cloud_probability > 0) and crs is not None
        clouds = cloud_mask(product, job.cloud_probability, crs, files) if masked else None
        if clouds is not None:
            say(f"Clouds become nodata: {clouds.why}.")
        plan = Plan(list(_bands(product, sources)), grid, area, clouds)
        target = target_of(product, bands, job.normalise)
        start, percentiles = 0.0, {}
        if job.normalise == "percentile":
            start = 0.45
            with events.part(0.0, start) as stage:
                percentiles = _percentiles(plan, stage)
        scales = {
            band.name: scale_of(product, band.band, job.normalise, job.threshold, target, percentiles.get(band.name))
            for band in plan.bands
        }
        say(_numbers(product, bands, job, target))
        layout = layout_of(product, plan, job, target, scales)
        with new_raster(job.output, layout, events) as writer, events.part(start, 0.9) as stage:
            share = _write(plan, writer, scales, target, product, stage)
        clipped = [band.name for band in plan.bands if band.clipped]
        if clipped:
            text = (
                f"Some pixels of {', '.join(clipped)} are brighter than {target.dtype} can say (reflectance above "
                "3.2767: glint, or saturated) and were clipped."
            )
            said.append(text)
            events.warning(text)
            events.progress(0.9, "Writing overviews")
    events.progress(1.0, "done")
    return PreparedProduct(
        output=job.output,
        product=product.name,
        level=product.metadata.level,
        baseline=product.metadata.baseline,
        acquired=product.sensing_time,
        bands=[band.name for band in plan.bands],
        resolution_m=metres,
        width=grid.width,
        height=grid.height,
        valid_share=share,
        messages=said,
    )


def _check_options(job: PrepareSentinel2Job) -> None:
    if job.normalise not in NORMALISATIONS:
        raise InputError(f"The normalisation “{job.normalise}” is not known: use one of {', '.join(NORMALISATIONS)}.")
    if job.resolution_m and not FINEST_M <= job.resolution_m <= COARSEST_M:
        raise InputError(
            f"The pixel size must be {FINEST_M:g} to {COARSEST_M:g} metres (0: that of the finest of the bands), not "
            f"{job.resolution_m:g}."
        )
    if not 0 <= job.cloud_probability <= 100:
        raise InputError(f"The probability of cloud must be 0 to 100 percent, not {job.cloud_probability:g}.")
    if job.normalise == "threshold" and not 1 <= job.threshold <= 100_000:
        raise InputError(
            f"The threshold is a reflectance times 10000 and must be 1 to 100000 (3000 for summer, 8000 for snow), not "
            f"{job.threshold:g}."
        )


def _finest(product: Product, bands: list[str]) -> float:
    """The pixel size of the finest of the bands; classes and the like count only where there is nothing else."""
    reflectances = [band for band in bands if band in NATIVE_M]
    return float(min(product.image(band).metres for band in reflectances or bands))


def _choice(sources: dict[str, Source], metres: float) -> str:
    """Which images the pixels are made of, in a sentence."""
    ways = (
        (f"at {metres:g} m", [s for s in sources.values() if s.metres == metres]),
        ("averaged from", [s for s in sources.values() if s.metres < metres]),
        ("interpolated from", [s for s in sources.values() if s.metres > metres]),
    )
    parts = []
    for way, found in ways:
        for size in sorted({source.metres for source in found}):
            names = ", ".join(source.image.band for source in found if source.metres == size)
            parts.append(f"{names} {way}" + ("" if way.startswith("at") else f" {size:g} m"))
    return f"Pixels of {metres:g} m: {'; '.join(parts)}."


def _bands(product: Product, sources: dict[str, Source]) -> Iterator[Band]:
    for band, source in sources.items():
        if band == "TCI":
            if source.dataset.count < 3:
                raise InputError(f"{source.label} has fewer than three bands: it is damaged.")
            yield from (Band(band, f"TCI_{letter}", source, colour(i)) for i, letter in enumerate("RGB"))
        else:
            yield Band(band, band, source, numbers(product.metadata.nodata))


def _grid(
    product: Product, sources: list[Source], metres: float, job: PrepareSentinel2Job
) -> tuple[OutputGrid, Area | None]:
    """The pixels to write: of the whole tile from its upper left corner, cut to what extent and area touch."""
    first = sources[0]
    for source in sources[1:]:
        if source.crs != first.crs or np.abs(np.subtract(source.bounds, first.bounds)).max() > max(
            source.metres, first.metres
        ):
            raise InputError(
                f"{source.image.name} and {first.image.name} of {product.name} do not cover the same ground: the "
                "product is damaged."
            )
    x0, y0, x1, y1 = first.bounds
    transform = rasterio.Affine(metres, 0, x0, 0, -metres, y1)
    size = [int(np.ceil(length / metres - 1e-6)) for length in (x1 - x0, y1 - y0)]
    whole = RasterInfo(
        job.product, product.name, size[0], size[1], Georeference(first.crs, transform), (), (), (), "", ()
    )
    grid = output_grid(whole, job.extent)
    if job.area is None:
        return grid, None
    area = load_area(job.area, job.extent, first.crs)
    area.check_touches(grid.georeference, grid.width, grid.height, product.name)
    if area.bounds is not None:
        grid = output_grid(whole, Extent(area.bounds, first.crs.to_wkt()))
    return grid, area


def _percentiles(plan: Plan, events: Events) -> dict[str, tuple[float, float] | None]:
    histograms = {band.name: Histogram() for band in plan.bands if band.band not in ("SCL", "TCI")}
    for _, _, read, _ in plan.blocks(events, "Measuring percentiles"):
        for band, (values, valid) in zip(plan.bands, read, strict=True):
            if band.name in histograms:
                histograms[band.name].add(values[valid])
    return {name: histogram.percentiles(name) for name, histogram in histograms.items()}


def _write(
    plan: Plan, writer: BlockWriter, scales: dict[str, Scale], target: Target, product: Product, events: Events
) -> float:
    """Write every block; the share of pixels that are valid in any band. Raises InputError where none is."""
    count = 0
    for x0, y0, read, _ in plan.blocks(events, "Writing bands"):
        there = np.zeros(read[0][1].shape, bool)
        for number, (band, (values, valid)) in enumerate(zip(plan.bands, read, strict=True), 1):
            scale = scales[band.name]
            writer.write(number, x0, y0, written(values, valid, scale, target))
            if target.dtype == "int16" and valid.any():
                band.clipped |= bool(values[valid].max() + scale.offset > scale.high)
            there |= valid
        count += int(there.sum())
    if not count:
        raise InputError(
            f"Nothing of {product.name} is left: within the extent and area all of it is nodata"
            f"{' or cloud' if plan.clouds else ''}, so no raster was written."
        )
    return count / (plan.grid.width * plan.grid.height)


def _numbers(product: Product, bands: list[str], job: PrepareSentinel2Job, target: Target) -> str:
    """What the written numbers mean, in a sentence."""
    offsets = sorted({product.offset(band) for band in bands if product.offset(band)})
    offsets = [] if job.normalise == "percentile" else offsets  # they move the percentiles as they move the numbers
    added = f"; {product.metadata.offset_name} {', '.join(f'{o:g}' for o in offsets)} was added" if offsets else ""
    quantification = product.metadata.quantification
    what = {
        "none": f"reflectance times {quantification:g}" if quantification else "numbers as in the product",
        "reflectance": "reflectance, 1 for a white surface",
        "threshold": f"reflectance times 10000 from 0 to {job.threshold:g} as 1 to 255",
        "percentile": "the 2nd to the 98th percentile of each band as 1 to 255",
    }[job.normalise]
    if all(band in ("SCL", "TCI") for band in bands):
        what = "as in the product"
    return f"Numbers: {what}{added}; {target.dtype}, nodata {target.nodata:g}."
