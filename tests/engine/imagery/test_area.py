"""area.py and polygons.py: where matching may happen, whatever the CRS and the form of the polygons."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import numpy as np
import pytest
from affine import Affine
from rasterio.crs import CRS

from sentinel_match_plugin.engine.errors import InputError
from sentinel_match_plugin.engine.frames.georeference import Georeference, change_crs
from sentinel_match_plugin.engine.imagery.area import Area, load_area
from sentinel_match_plugin.engine.jobs import AreaInput, Extent

UTM = CRS.from_epsg(32636)
DEGREES = CRS.from_epsg(4326)
X, Y = 600_000.0, 5_500_000.0
GRID = Georeference(UTM, Affine(10, 0, X, 0, -10, Y))  # 100 x 100 pixels in these tests
SHAPE = (100, 100)


def square(x: float, y: float, side: float) -> list[list[float]]:
    return [[x, y], [x + side, y], [x + side, y - side], [x, y - side], [x, y]]


@pytest.fixture
def geojson(tmp_path) -> Callable[..., str]:
    def write(*geometries: dict, crs: str | None = "EPSG:32636", bare: bool = False) -> str:
        features = [{"type": "Feature", "properties": {}, "geometry": geometry} for geometry in geometries]
        data = geometries[0] if bare else {"type": "FeatureCollection", "features": features}
        if crs:
            data = {**data, "crs": {"type": "name", "properties": {"name": crs}}}
        path = tmp_path / "area.geojson"
        path.write_text(json.dumps(data))
        return str(path)

    return write


def polygon(*rings: list) -> dict:
    return {"type": "Polygon", "coordinates": list(rings)}


def rows_and_columns(mask: np.ndarray) -> tuple[int, int, int, int]:
    rows, columns = np.nonzero(mask)
    return rows.min(), rows.max(), columns.min(), columns.max()


def test_nothing_asked_for_allows_everything():
    area = load_area(None, None, UTM)
    assert area.bounds is None
    assert area.mask(GRID, SHAPE).all()


def test_an_extent_allows_the_pixels_whose_centres_it_holds():
    area = load_area(None, Extent((X + 104, Y - 306, X + 506, Y - 204), "EPSG:32636"), UTM)
    mask = area.mask(GRID, SHAPE)
    # Centres at 5, 15, ...: columns 10 (105) to 50 (505), rows 20 (205) to 30 (305).
    assert rows_and_columns(mask) == (20, 30, 10, 50)
    assert mask.sum() == 11 * 41
    assert area.bounds == (X + 104, Y - 306, X + 506, Y - 204)


def test_an_extent_in_another_crs_follows_its_bent_edges():
    low, high = change_crs(np.array([[X - 60_000, Y - 60_000], [X + 60_000, Y + 60_000]]), UTM, DEGREES)
    area = load_area(None, Extent((*low, *high), "EPSG:4326"), UTM)
    grid = Georeference(UTM, Affine(1000, 0, X - 70_000, 0, -1000, Y + 70_000))
    pixels = np.stack(np.meshgrid(np.arange(140) + 0.5, np.arange(140) + 0.5), -1)
    degrees = change_crs(grid.to_map(pixels.reshape(-1, 2)), UTM, DEGREES).reshape(140, 140, 2)
    truth = ((degrees >= low) & (degrees <= high)).all(-1)
    np.testing.assert_array_equal(area.mask(grid, (140, 140)), truth)


@pytest.mark.parametrize("mode", ["inside", "outside"])
def test_holes_multipolygons_collections_and_heights(geojson, mode):
    with_hole = polygon(square(X + 100, Y - 100, 200), square(X + 150, Y - 150, 100))
    parts = {"type": "MultiPolygon", "coordinates": [[square(X + 400, Y - 400, 100)], [square(X + 450, Y - 450, 100)]]}
    high = [[x, y, 120.0] for x, y in square(X + 700, Y - 700, 50)]
    mixed = {
        "type": "GeometryCollection",
        "geometries": [{"type": "Point", "coordinates": [X, Y]}, {"type": "Polygon", "coordinates": [high]}],
    }
    mask = load_area(AreaInput(geojson(with_hole, parts, mixed), mode), None, UTM).mask(GRID, SHAPE)
    truth = np.zeros(SHAPE, bool)
    truth[10:30, 10:30] = True
    truth[15:25, 15:25] = False
    truth[40:50, 40:50] = truth[45:55, 45:55] = True  # overlapping parts count once
    truth[70:75, 70:75] = True
    np.testing.assert_array_equal(mask, truth if mode == "inside" else ~truth)


def test_a_bare_geometry_and_an_open_ring_are_taken(geojson):
    area = load_area(AreaInput(geojson(polygon(square(X + 100, Y - 100, 200)[:-1]), bare=True)), None, UTM)
    assert area.mask(GRID, SHAPE).sum() == 400


def test_the_crs_is_the_jobs_then_the_files_then_longitude_and_latitude(geojson):
    ring = np.array(square(X + 100, Y - 100, 200))
    in_degrees = change_crs(ring, UTM, DEGREES).tolist()
    truth = load_area(AreaInput(geojson(polygon(ring.tolist()))), None, UTM).mask(GRID, SHAPE)
    assert truth.sum() == 400
    for coordinates, crs, job_crs in (
        (in_degrees, None, ""),
        (in_degrees, "urn:ogc:def:crs:OGC:1.3:CRS84", ""),
        (ring.tolist(), None, "EPSG:32636"),
        (ring.tolist(), "EPSG:4326", "EPSG:32636"),
    ):
        mask = load_area(AreaInput(geojson(polygon(coordinates), crs=crs), crs=job_crs), None, UTM).mask(GRID, SHAPE)
        np.testing.assert_array_equal(mask, truth)


def test_polygons_and_extent_together_allow_what_is_in_both(geojson):
    path = geojson(polygon(square(X + 100, Y - 100, 200)))
    extent = Extent((X + 200, Y - 1000, X + 1000, Y), "EPSG:32636")
    area = load_area(AreaInput(path), extent, UTM)
    assert rows_and_columns(area.mask(GRID, SHAPE)) == (10, 29, 20, 29)
    assert area.bounds == (X + 200, Y - 300, X + 300, Y - 100)
    outside = load_area(AreaInput(path, "outside"), extent, UTM)
    assert outside.mask(GRID, SHAPE).sum() == 80 * 100 - 20 * 10
    assert outside.bounds == (X + 200, Y - 1000, X + 1000, Y)


def test_a_mask_is_right_on_a_rotated_grid(geojson):
    area = load_area(AreaInput(geojson(polygon(square(X + 100, Y - 100, 400)))), None, UTM)
    rotated = Affine.rotation(30)
    grid = Georeference(UTM, Affine(10 * rotated.a, 10 * rotated.b, X, -10 * rotated.d, -10 * rotated.e, Y))
    centres = grid.to_map(np.stack(np.meshgrid(np.arange(80) + 0.5, np.arange(60) + 0.5), -1))
    x, y = centres[..., 0] - X, Y - centres[..., 1]
    truth = (x > 100) & (x < 500) & (y > 100) & (y < 500)
    assert 0 < truth.sum() < truth.size
    np.testing.assert_array_equal(area.mask(grid, (60, 80)), truth)


def test_without_a_reference_crs_coordinates_are_pixel_and_minus_line(geojson):
    pixels = Georeference(None, Affine(1, 0, 0, 0, -1, 0))
    area = load_area(
        AreaInput(geojson(polygon(square(10, -20, 30)), crs=None)), Extent((0, -40, 100, 0), "EPSG:4326"), None
    )
    assert rows_and_columns(area.mask(pixels, SHAPE)) == (20, 39, 10, 39)


@pytest.mark.parametrize(
    ("bounds", "sentence"),
    [
        ((5, 0, 5, 9), "The extent is empty"),
        ((0, 9, 9, 0), "The extent is empty"),
        ((0, 0, float("nan"), 9), "is not four numbers"),
        ((0, 0, float("inf"), 9), "is not four numbers"),
    ],
)
def test_an_empty_or_impossible_extent_is_refused(bounds, sentence):
    with pytest.raises(InputError, match=sentence):
        load_area(None, Extent(bounds, "EPSG:32636"), UTM)


def test_an_extent_or_area_that_misses_the_raster_is_refused(geojson):
    away = load_area(None, Extent((X - 900, Y, X - 100, Y + 800), "EPSG:32636"), UTM)
    with pytest.raises(InputError, match=r"The extent lies outside of Summer"):
        away.check_touches(GRID, 100, 100, "Summer")
    away = load_area(AreaInput(geojson(polygon(square(X - 900, Y, 100)))), None, UTM)
    with pytest.raises(InputError, match=r"No polygon of the area touches Summer"):
        away.check_touches(GRID, 100, 100, "Summer")
    covering = load_area(AreaInput(geojson(polygon(square(X - 10, Y + 10, 2000))), "outside"), None, UTM)
    with pytest.raises(InputError, match=r"cover all of Summer"):
        covering.check_touches(GRID, 100, 100, "Summer")
    tiny = load_area(AreaInput(geojson(polygon(square(X + 101, Y - 101, 2)))), None, UTM)
    tiny.check_touches(GRID, 100, 100, "Summer")


def test_polygons_that_miss_the_extent_are_refused(geojson):
    path = geojson(polygon(square(X + 100, Y - 100, 200)))
    with pytest.raises(InputError, match="No polygon of the area touches the extent"):
        load_area(AreaInput(path), Extent((X + 800, Y - 900, X + 900, Y - 800), "EPSG:32636"), UTM)


@pytest.mark.parametrize(
    ("geometry", "sentence"),
    [
        (polygon([[X, Y], [X + 9, Y], [X, Y]]), "No polygon .* has an area"),
        (polygon([[X, Y], [X + 9, Y + 9], [X + 18, Y + 18], [X, Y]]), "No polygon .* has an area"),
        (polygon([[X, Y], [X, Y], [X, Y], [X, Y]]), "No polygon .* has an area"),
        ({"type": "Point", "coordinates": [X, Y]}, "has no polygon in it"),
        ({"type": "Polygon", "coordinates": []}, "has no polygon in it"),
        ({"type": "Polygon", "coordinates": "abc"}, "not proper GeoJSON"),
        ({"type": "Circle", "coordinates": []}, "not proper GeoJSON: “Circle”"),
    ],
)
def test_degenerate_polygons_are_refused(geojson, geometry, sentence):
    with pytest.raises(InputError, match=sentence):
        load_area(AreaInput(geojson(geometry)), None, UTM)


def test_a_figure_of_eight_is_not_degenerate(geojson):
    eight = polygon([[X, Y], [X + 200, Y - 200], [X + 200, Y], [X, Y - 200], [X, Y]])
    assert load_area(AreaInput(geojson(eight)), None, UTM).mask(GRID, SHAPE).any()


def test_files_that_are_no_geojson_are_refused(tmp_path, geojson):
    path = tmp_path / "a.geojson"
    with pytest.raises(InputError, match="does not exist"):
        load_area(AreaInput(str(path)), None, UTM)
    path.write_text("{")
    with pytest.raises(InputError, match="is not GeoJSON"):
        load_area(AreaInput(str(path)), None, UTM)
    path.write_text('{"type": "FeatureCollection", "features": []}')
    with pytest.raises(InputError, match="has no polygon"):
        load_area(AreaInput(str(path)), None, UTM)
    with pytest.raises(InputError, match="coordinates are not degrees"):
        load_area(AreaInput(geojson(polygon(square(X, Y, 9)), crs=None)), None, UTM)
    with pytest.raises(InputError, match="not known"):
        load_area(AreaInput(geojson(polygon(square(X, Y, 9))), "around"), None, UTM)


def test_thousands_of_real_polygons_in_degrees_are_quick(shared_data):
    start = time.perf_counter()
    area = load_area(AreaInput(str(shared_data / "vector" / "deforestation_labels.geojson")), None, UTM)
    grid = Georeference(UTM, Affine(20, 0, 600_000, 0, -20, 5_600_040))  # tile T36UXA at 20 m
    mask = area.mask(grid, (5490, 5490))
    seconds = time.perf_counter() - start
    assert isinstance(area, Area)
    assert area.polygons is not None
    assert len(area.polygons) >= 5696
    assert seconds < 10  # measured 0.6 on one core; a loop over pixels or a projection for each polygon takes minutes
    # The share of one clear-cut: its area in the mask against that of its outline on the ground.
    outline = area.polygons[0][0]
    x, y = (outline - outline[0]).T
    true_m2 = abs(x[:-1] @ y[1:] - x[1:] @ y[:-1]) / 2
    alone = Area(UTM, polygons=area.polygons[:1]).mask(grid, (5490, 5490))
    assert alone.sum() * 400 == pytest.approx(true_m2, rel=0.05)  # a perimeter of some 60 pixels of 20 m
    assert (mask & alone).sum() == alone.sum()
