"""The example models through the real ``qgis_process`` and the real engine, on rasters displaced by a known shift."""

from __future__ import annotations

import shutil

import pytest
from generated import ORIGIN, PIXEL_M, SHIFT_M, SIDE_PX, gdal, np, shifted, texture, write_tif
from qgis_support import Feedback

# Of the raster moved onto the rendered basemap: the tiles are 8 bit and were resampled from another grid.
BASEMAP_TOLERANCE_M = 0.25 * PIXEL_M
WEB_ZOOM = 14
WEB_HALF_M = 20037508.342789244


@pytest.fixture(scope="module")
def dates(tmp_path_factory):
    """Red and NIR of one landscape on four dates: the first in place, the others displaced, field by field greener."""
    folder = tmp_path_factory.mktemp("dates")
    ground, other = texture(), texture(5)
    paths = []
    for number, (right, up) in enumerate(((0, 0), SHIFT_M, (-21.0, 12.0), (55.0, 40.0))):
        moved, green = (shifted(image, right / PIXEL_M, -up / PIXEL_M) for image in (ground, other))
        red = 3000 - 1500 * moved
        nir = red + 300 + 500 * number * (green > 0.5)
        paths.append(write_tif(folder / f"date{number}.tif", [red.astype(np.uint16), nir.astype(np.uint16)], nodata=0))
    return paths


def bands_of(path):
    """``(bands, rows, columns)``; the file is held while it is read, which GDAL's Python wants."""
    file = gdal.Open(str(path))
    values = file.ReadAsArray()
    return values if values.ndim == 3 else values[None]


def misplaced_m(path, reference, margin=48):
    """How far the content of ``path`` (band 1) lies from that of ``reference``, metres: by phase correlation."""
    a, b = (bands_of(file)[0, margin:-margin, margin:-margin].astype(float) for file in (path, reference))
    window = np.hanning(a.shape[0])[:, None] * np.hanning(a.shape[1])
    spectra = [np.fft.fft2((image - image.mean()) * window) for image in (a, b)]
    product = spectra[0] * np.conj(spectra[1])
    surface = np.fft.fftshift(np.fft.ifft2(product / np.sqrt(np.abs(product) + 1e-9)).real)
    row, column = np.unravel_index(surface.argmax(), surface.shape)
    vertices = []
    for line, at in ((surface[:, column], row), (surface[row], column)):
        before, top, after = line[at - 1 : at + 2]
        vertices.append(at + (before - after) / (2 * (before - 2 * top + after)) - len(line) // 2)
    return PIXEL_M * np.hypot(*vertices)


@pytest.mark.parametrize(
    ("name", "outputs"),
    [
        ("timeseries", {f"coregister_{n}:DATE_{n}_ON_REFERENCE" for n in (1, 2, 3, 4)}),
        (
            "ndvichange",
            {"coregister:AFTER_ON_BEFORE", "coregister:MATCH_REPORT", "stack:NDVI_STACK", "difference:NDVI_DIFFERENCE"},
        ),
        ("basemapreference", {"match:MATCH_REPORT", "sure:TIE_POINTS", "warp:RASTER_ON_BASEMAP"}),
    ],
)
def test_the_toolbox_has_the_examples_with_their_outputs(qgis_here, name, outputs):
    from qgis.core import QgsApplication

    model = QgsApplication.processingRegistry().algorithmById(f"sentinelmatch:{name}")
    assert {definition.name() for definition in model.destinationParameterDefinitions()} == outputs
    assert model.create().validate() == (True, [])


def test_every_date_that_is_given_comes_onto_the_reference(qgis_process, engine, dates, tmp_path):
    outputs = {number: tmp_path / f"{number}.tif" for number in (1, 2, 3, 4)}
    answer = qgis_process.run(
        "timeseries",
        REFERENCE=dates[0],
        DATE_1=dates[1],
        DATE_2=dates[2],
        MAX_SHIFT=200,
        **{f"coregister_{number}:DATE_{number}_ON_REFERENCE": path for number, path in outputs.items()},
    )
    assert answer.code == 0, answer.said
    for number in (1, 2):
        assert misplaced_m(outputs[number], dates[0]) < 0.1 * PIXEL_M
    assert not outputs[3].exists()
    assert not outputs[4].exists()
    assert answer.said.count("tie points agree") == 2  # the two dates that were not given were not tried


@pytest.mark.skipif(shutil.which("gdal_calc.py") is None, reason="QGIS's own GDAL algorithms need GDAL's programs")
def test_the_ndvi_difference_is_that_of_the_ground_and_not_of_the_displacement(qgis_process, engine, dates, tmp_path):
    difference, stack = tmp_path / "difference.tif", tmp_path / "stack.tif"
    answer = qgis_process.run(
        "ndvichange",
        BEFORE=dates[0],
        AFTER=dates[1],
        BEFORE_RED=1,
        BEFORE_NIR=2,
        AFTER_RED=1,
        AFTER_NIR=2,
        MAX_SHIFT=200,
        **{"difference:NDVI_DIFFERENCE": difference, "stack:NDVI_STACK": stack},
        **{"coregister:AFTER_ON_BEFORE": "TEMPORARY_OUTPUT"},
    )
    assert answer.code == 0, answer.said
    before, after = bands_of(stack)
    found = bands_of(difference)[0]
    inner = (slice(16, -16), slice(16, -16))
    assert np.allclose((after - before)[inner], found[inner], atol=1e-5)
    ground, green = texture(), texture(5) > 0.5
    red = 3000 - 1500 * ground
    true = (300 + 500 * green) / (2 * red + 300 + 500 * green) - 300 / (2 * red + 300)
    # Not at the borders of the fields, where resampling mixes the two sides.
    assert np.median(np.abs(found - true)[inner]) < 0.01
    assert np.corrcoef(found[inner].ravel(), true[inner].ravel())[0, 1] > 0.9


def test_two_places_stop_the_ndvi_difference_with_a_sentence(qgis_here, engine, tmp_path):
    from qgis.core import QgsProcessingException

    # Small: to be sure that nothing matches, everything is looked at.
    image, other = (
        write_tif(tmp_path / f"{seed}.tif", [(1000 + 3000 * texture(seed, 96)).astype(np.uint16)] * 2, nodata=0)
        for seed in (98, 99)
    )
    bands = {"BEFORE_RED": 1, "BEFORE_NIR": 2, "AFTER_RED": 1, "AFTER_NIR": 2}
    difference = tmp_path / "difference.tif"
    outputs = {"difference:NDVI_DIFFERENCE": str(difference)}
    outputs.update(dict.fromkeys(("coregister:AFTER_ON_BEFORE", "stack:NDVI_STACK"), "TEMPORARY_OUTPUT"))
    feedback, parameters = Feedback.make(), {"BEFORE": image, "AFTER": other, **bands, **outputs}
    with pytest.raises(QgsProcessingException):
        qgis_here.run("sentinelmatch:ndvichange", parameters, feedback=feedback)
    assert any("do not match" in error for error in feedback.errors), feedback.errors
    assert not difference.exists()


@pytest.fixture(scope="module")
def basemap(dates, tmp_path_factory):
    """The first date as a map of tiles (XYZ), in web Mercator, as a source that qgis_process takes for a layer."""
    folder = tmp_path_factory.mktemp("tiles")
    tile_m = 2 * WEB_HALF_M / 2**WEB_ZOOM
    web = gdal.Warp("", dates[0], format="MEM", dstSRS="EPSG:3857", resampleAlg="cubic", xRes=9.55, yRes=9.55)
    left, top = web.GetGeoTransform()[0], web.GetGeoTransform()[3]
    columns, rows = (int(side * 9.55 // tile_m) + 2 for side in (web.RasterXSize, web.RasterYSize))
    first_x, first_y = int((left + WEB_HALF_M) // tile_m), int((WEB_HALF_M - top) // tile_m)
    for x in range(first_x, first_x + columns):
        for y in range(first_y, first_y + rows):
            west, north = x * tile_m - WEB_HALF_M, WEB_HALF_M - y * tile_m
            bounds = (west, north - tile_m, west + tile_m, north)
            cut = gdal.Warp(
                "", dates[0], format="MEM", dstSRS="EPSG:3857", outputBounds=bounds, width=256, height=256,
                resampleAlg="cubic",
            )  # fmt: skip
            grey = gdal.Translate("", cut, format="MEM", bandList=[1, 1, 1], scaleParams=[[1500, 3000, 1, 255]],
                                  outputType=gdal.GDT_Byte, noData="none")  # fmt: skip
            path = folder / str(WEB_ZOOM) / str(x) / f"{y}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            gdal.GetDriverByName("PNG").CreateCopy(str(path), grey)
    return f"wms://type=xyz&url=file://{folder}/{{z}}/{{x}}/{{y}}.png&zmin={WEB_ZOOM}&zmax={WEB_ZOOM}"


def test_a_raster_is_moved_onto_a_basemap(qgis_process, engine, dates, basemap, tmp_path):
    moved, points = tmp_path / "moved.tif", tmp_path / "points.gpkg"
    answer = qgis_process.run(
        "basemapreference",
        RASTER=dates[1],
        BASEMAP=basemap,
        **{"warp:RASTER_ON_BASEMAP": moved, "sure:TIE_POINTS": points},
    )
    assert answer.code == 0, answer.said
    assert moved.exists(), answer.said
    # On a grid of its own: brought onto that of the reference to be compared.
    bounds = (ORIGIN[0], ORIGIN[1] - SIDE_PX * PIXEL_M, ORIGIN[0] + SIDE_PX * PIXEL_M, ORIGIN[1])
    same_grid = tmp_path / "same_grid.tif"
    gdal.Warp(str(same_grid), str(moved), outputBounds=bounds, xRes=PIXEL_M, yRes=PIXEL_M, resampleAlg="cubic")
    assert misplaced_m(same_grid, dates[0]) < BASEMAP_TOLERANCE_M
    assert misplaced_m(dates[1], dates[0]) > PIXEL_M
