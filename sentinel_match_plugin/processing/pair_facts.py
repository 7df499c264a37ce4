"""What can be said of two layers before they are matched: do they overlap, at which pixel size are they compared?"""

from __future__ import annotations

import math
from dataclasses import dataclass

from qgis.core import QgsCoordinateTransform, QgsCsException, QgsGeometry

from .layers import file_of, is_same_source, metres_per_unit
from .parameters import MAX_SHIFT_DEFAULT
from .products import PRODUCT
from .texts import tr

USUAL_PX = 150  # of the coarser pixels: what the default of MAX_SHIFT is for Sentinel-2's bands of 10 m
EDGE_POINTS = 20
STEPS = (1.0, 1.5, 2.0, 3.0, 5.0, 7.5, 10.0)


@dataclass(frozen=True)
class PairFacts:
    """``sentence`` for the user; ``trouble``: the two cannot be matched like this; ``pixel_m``: of the coarser of the
    two, None where it is not known.
    """

    sentence: str
    trouble: bool = False
    pixel_m: float | None = None


def pair_facts(reference, target, context, max_shift_m=MAX_SHIFT_DEFAULT, one_raster=False):
    """PairFacts of two raster layers; ``one_raster``: they may be two bands of one. Main thread only."""
    if is_same_source(reference, target) and not one_raster:
        return PairFacts(tr("The reference and the target are the same raster: choose another one."), True)
    without = [layer.name() for layer in (reference, target) if not layer.crs().isValid()]
    common, share = (None, 0.0) if without else _overlap(reference, target, context)
    if common is None and not without:
        without = [layer.name() for layer in (reference, target) if not _is_placed(layer)]
    if without:
        text = tr("No CRS: {names}. Any place, rotation and scale will be tried (matcher auto or seasonal).")
        return PairFacts(text.format(names=", ".join(without)))
    if common is None:
        sentence = sentence_of_apart(reference, target) if share == 0 else tr("Whether they overlap is not known.")
        return PairFacts(sentence, share == 0)
    metres = metres_per_unit(reference.crs(), common.center(), context)
    sizes = [_pixel_m(layer, context) for layer in (reference, target)]
    text = tr("Both show {width} x {height} km, {share:.0%} of the reference").format(
        width=_short(common.width() * metres / 1000), height=_short(common.height() * metres / 1000), share=share
    )
    if None in sizes:
        return PairFacts(text + ".")
    pixel = max(sizes)
    text += tr("; compared at {pixel} m (reference {one} m, target {other} m); {shift} m are {count} pixels.").format(
        pixel=_short(pixel),
        one=_short(sizes[0]),
        other=_short(sizes[1]),
        shift=f"{max_shift_m:g}",
        count=f"{max_shift_m / pixel:.0f}",
    )
    return PairFacts(text, pixel_m=pixel)


def are_apart(reference, target, context):
    """Whether two layers share no ground by their georeferencing; False where that is not known. Main thread only."""
    both = (reference, target)
    if not all(layer.crs().isValid() for layer in both) or _overlap(*both, context) != (None, 0.0):
        return False
    return all(_is_placed(layer) for layer in both)


def sentence_of_apart(reference, target):
    """What ``are_apart`` means, and what to do."""
    return tr(
        "{target} and {reference} do not overlap, by their georeferencing. If one of them is georeferenced "
        "wrongly, use a copy of it without a CRS."
    ).format(target=target.name(), reference=reference.name())


def usual_max_shift(pixel_m):
    """Metres to look around for rasters of this pixel size: as many pixels as the default is for Sentinel-2."""
    if not pixel_m or not math.isfinite(pixel_m) or pixel_m <= 0:
        return MAX_SHIFT_DEFAULT
    wanted = USUAL_PX * pixel_m
    power = 10.0 ** math.floor(math.log10(wanted))
    return power * min(STEPS, key=lambda step: abs(math.log(step * power / wanted)))


def _overlap(reference, target, context):
    """The bounds of what both cover in the CRS of the reference, and its share of the reference; None and 0 where they
    cover nothing together, None and nan where that cannot be told.
    """
    share = math.nan
    # In either CRS: a map of the world has no place in that of a UTM zone.
    for crs in (reference.crs(), target.crs()):
        try:
            whole, there = (_outline(layer, crs, context) for layer in (reference, target))
            common = whole.intersection(there)
            if not common.isEmpty() and common.area() > 0:
                share = common.area() / whole.area()
                common.transform(QgsCoordinateTransform(crs, reference.crs(), context.transformContext()))
                return common.boundingBox(), share
            share = 0.0
        except QgsCsException:
            pass
    return None, share


def _outline(layer, crs, context):
    """What a layer covers, in ``crs``. Raises QgsCsException where that cannot be expressed."""
    outline = QgsGeometry.fromRect(layer.extent()).densifyByCount(EDGE_POINTS)  # edges bend between CRSs
    outline.transform(QgsCoordinateTransform(layer.crs(), crs, context.transformContext()))
    if not outline.boundingBox().isFinite():
        raise QgsCsException(layer.name())
    return outline


def _is_placed(layer):
    """Whether the file of a layer says where its pixels lie, as the engine reads it: a CRS alone, or ground control
    points alone, do not. Other layers say so by their CRS.
    """
    path = file_of(layer)
    if not layer.crs().isValid() or not path or layer.customProperty(PRODUCT):
        return layer.crs().isValid()
    from osgeo import gdal

    try:
        file = gdal.OpenEx(path, gdal.OF_RASTER)
    except RuntimeError:  # builds of GDAL differ in whether they raise
        file = None
    return file is None or file.GetGeoTransform() != (0.0, 1.0, 0.0, 0.0, 0.0, 1.0)


def _pixel_m(layer, context):
    """Pixel size in metres at the layer's centre; None where the layer has no pixels of its own, as a tile service."""
    if layer.width() <= 0 or layer.height() <= 0:
        return None
    extent = layer.extent()
    units = math.sqrt(extent.width() / layer.width() * extent.height() / layer.height())
    return units * metres_per_unit(layer.crs(), extent.center(), context)


def _short(value):
    return f"{value:.3g}" if value < 1000 else f"{value:.0f}"
