"""Several bands of both images compared together: what a useless one may not spoil, and how they are read."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from scipy.ndimage import gaussian_filter, spline_filter
from scipy.ndimage import shift as spline_shift

from sentinel_match_plugin.engine.errors import InputError
from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.frames.grid import View
from sentinel_match_plugin.engine.imagery.bands import BandChoice, choose_bands
from sentinel_match_plugin.engine.imagery.radiometry import Stretch, measure_stretch, stretch_of
from sentinel_match_plugin.engine.imagery.rasters import open_raster
from sentinel_match_plugin.engine.jobs import CoregisterJob, MatchJob, RasterInput
from sentinel_match_plugin.engine.matchers.base import Patch
from sentinel_match_plugin.engine.matchers.structure import StructureMatcher, describe
from sentinel_match_plugin.engine.pipeline import run
from sentinel_match_plugin.engine.preparation import look_at
from tests.engine.known_field import UTM36, KnownField, reference_grid
from tests.engine.known_texture import real_strip

SIZE = 256
POINTS = np.stack(np.meshgrid(np.arange(50, 210, 20.0), np.arange(50, 210, 20.0)), -1).reshape(-1, 2)
SHIFT = (2.3, -1.6)
UNCHANGED = Stretch(0.0, 1.0)
RGB = {"colours": ["red", "green", "blue"], "photometric": "RGB"}


class Listener(Events):
    def __init__(self) -> None:
        self.said: list[str] = []

    def info(self, text: str) -> None:
        self.said.append(text)

    warning = info


def texture(seed: int) -> np.ndarray:
    """A smooth random surface in 0..1."""
    field = gaussian_filter(np.random.default_rng(seed).standard_normal((SIZE, SIZE)), 1.5, mode="wrap")
    return ((field - field.min()) / np.ptp(field)).astype(np.float32)


def shifted(values: np.ndarray) -> np.ndarray:
    x, y = SHIFT
    return spline_shift(spline_filter(values), (y, x), order=3, mode="mirror", prefilter=False).astype(np.float32)


def noise(seed: int, scale: float = 1.0) -> np.ndarray:
    return (scale * np.random.default_rng(seed).random((SIZE, SIZE))).astype(np.float32)


def patch(*bands: np.ndarray) -> Patch:
    stack = np.clip(np.stack(bands), 0, 1).astype(np.float32)
    return Patch(stack[0], np.ones(stack.shape[1:], bool), 10.0, stack[1:] if len(stack) > 1 else None)


def errors(reference: Patch, target: Patch, points: np.ndarray = POINTS, shift=SHIFT) -> np.ndarray:
    """How far each of ``points`` is found from the truth; infinity where it is not found."""
    matcher = StructureMatcher()
    found = matcher.find(matcher.describe(reference), matcher.describe(target), points, 48, 8)
    error = np.hypot(*(found.shift - shift).T)
    return np.concatenate([error, np.full(len(points) - len(found), np.inf)])


@pytest.fixture(scope="module")
def grainy() -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Two bands of one ground at two dates, each date and band with a little noise of its own."""
    ground = [texture(1), 0.5 * texture(1) + 0.5 * texture(2)]
    first = [band + 0.02 * (noise(10 + i) - 0.5) for i, band in enumerate(ground)]
    second = [shifted(band) + 0.02 * (noise(20 + i) - 0.5) for i, band in enumerate(ground)]
    return first, second


USELESS = {
    "noise": (noise(3), noise(4)),
    "faint noise": (noise(3, 0.01), noise(4, 0.01)),
    "constant": (np.full((SIZE, SIZE), 0.4, np.float32), np.full((SIZE, SIZE), 0.6, np.float32)),
    "saturated": (np.minimum(texture(7), 0.2) * 5, np.minimum(shifted(texture(8)), 0.2) * 5),
    "noise at one date": (0.5 * texture(1), noise(4)),
}


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("kind", USELESS)
def test_a_useless_band_does_not_spoil_the_others(grainy, kind, place):
    first, second = (list(bands) for bands in grainy)
    best = min(np.median(errors(patch(a), patch(b))) for a, b in zip(first, second, strict=True))
    first.insert(place, USELESS[kind][0])
    second.insert(place, USELESS[kind][1])
    error = errors(patch(*first), patch(*second))
    assert np.median(error) <= best + 0.02
    assert error.max() < 0.5


def test_an_edge_is_found_in_whichever_band_shows_it():
    first, second = [], []
    for number in range(3):  # each band shows a third of the ground, and a little noise elsewhere
        there = slice(85 * number, 85 * number + 86)
        for bands, values, seed in ((first, texture(1), 0), (second, shifted(texture(1)), 100)):
            band = 0.5 + 0.05 * (noise(seed + number) - 0.5)
            band[:, there] = values[:, there]
            bands.append(band)
    alone = [errors(patch(a), patch(b)) for a, b in zip(first, second, strict=True)]
    together = errors(patch(*first), patch(*second))
    assert max((error < 1).sum() for error in alone) < 0.9 * len(POINTS)
    assert (together < 1).all()


def test_bands_that_add_nothing_leave_the_description_of_one_bit_for_bit():
    values, valid = torch.from_numpy(texture(1)), torch.ones((SIZE, SIZE), dtype=torch.bool)
    valid[40:60, 90:130] = False
    values = torch.where(valid, values, 0)
    one = describe(values, valid)
    nothing, constant = torch.full_like(values, float("nan")), torch.full_like(values, 0.4)
    for others in ([], [values, values], [nothing], [constant]):
        assert torch.equal(describe(torch.stack([values, *others]), valid), one)


def test_a_band_with_holes_takes_no_pixel_from_the_others_and_its_holes_have_no_edges():
    values, valid = torch.from_numpy(texture(1)), torch.ones((SIZE, SIZE), dtype=torch.bool)
    holes = torch.full_like(values, 0.4)
    holes[::4, ::4] = float("nan")
    assert torch.equal(describe(torch.stack([values, holes]), valid), describe(values, valid))
    half = texture(1).copy()
    half[:, 128:] = np.nan
    flat = torch.full_like(values, 0.4)
    seen = describe(torch.stack([flat, torch.from_numpy(half)]), valid)
    assert float(seen[:, :, :120].abs().mean()) > 0.05
    assert float(seen[:4, :, 128:].abs().max()) == 0


def test_constant_bands_have_zero_channels_and_patches_smaller_than_a_cell_are_described():
    valid = torch.ones((64, 64), dtype=torch.bool)
    assert float(describe(torch.full((3, 64, 64), 0.5), valid).abs().max()) == 0
    for nothing in (~valid, valid):
        assert bool(describe(torch.rand((3, 64, 64)), nothing).isfinite().all())
    assert describe(torch.rand((3, 3, 4)), torch.ones((3, 4), dtype=torch.bool)).shape == (5, 3, 4)


def test_three_bands_of_winter_and_summer_are_better_than_each_of_them(shared_data):
    """At the three training places together, at points 24 px apart, within 1.5 px: the dates lie up to .9 px apart."""
    box, moved = np.s_[600:1000, 64:448], np.s_[597:997, 66:450]  # the target shows (2, -3) px further on
    points = np.stack(np.meshgrid(np.arange(40, 350, 24.0), np.arange(40, 370, 24.0)), -1).reshape(-1, 2)
    right = np.zeros(4)
    for tile in ("T36UUA", "T36UUU", "T36UVC"):
        winter, summer = ([real_strip(shared_data, tile, date, i) for i in range(3)] for date in ("winter", "summer"))
        bands = [(patch(a[box]), patch(b[moved])) for a, b in zip(winter, summer, strict=True)]
        bands.append((patch(*(a[box] for a in winter)), patch(*(b[moved] for b in summer))))
        right += [(errors(first, second, points, (-2.0, 3.0)) < 1.5).sum() for first, second in bands]
    assert right[3] > right[:3].max()


def test_a_view_reads_several_bands_each_with_its_own_stretch(write_raster):
    bands = np.stack([1000 * texture(1), 50 + 100 * texture(2), 3 * texture(3)]).astype(np.float32)
    bands[0, 90:95, 20:40] = np.nan
    bands[2, 30:40, 50:60] = np.nan
    with open_raster(write_raster("a.tif", bands)) as raster:
        stretches = [measure_stretch(raster, [band]) for band in (1, 2, 3)]
        options = {"shape": (SIZE, SIZE), "to_source": lambda xy: xy, "gsd_m": 10.0}
        view = View(raster, (1,), stretches[0], others=[((2,), stretches[1]), ((3,), stretches[2])], **options)
        for window, decimation in (((-10, -10, 200, 200), 1.0), ((0, 0, 256, 256), 2.5)):
            seen = view.read(window, decimation)
            alone = [
                View(raster, (band,), own, **options).read(window, decimation) for band, own in enumerate(stretches, 1)
            ]
            assert seen.bands.shape == (3, *seen.valid.shape)
            for band, one in zip(seen.bands[1:], alone[1:], strict=True):
                assert np.array_equal(band, np.where(one.valid, one.values, np.nan), equal_nan=True)
            for first in (seen, view.first_band().read(window, decimation)):
                assert np.array_equal(first.values, alone[0].values)
                assert np.array_equal(first.valid, alone[0].valid)
            assert view.first_band().read(window, decimation).others is None


def test_a_pair_of_bands_that_shows_nothing_is_left_out_and_said(write_raster):
    ground = (200 * np.stack([texture(1), texture(2), texture(3)])).astype("uint8")
    saturated = ground.copy()
    saturated[0] = 255
    georeference = {"crs": UTM36, "transform": reference_grid(10.0).transform}
    paths = [write_raster(name, a, **georeference, **RGB) for name, a in (("a.tif", ground), ("b.tif", saturated))]
    job, events = MatchJob(RasterInput(paths[0]), RasterInput(paths[1])), Listener()
    with open_raster(paths[0]) as reference, open_raster(paths[1]) as target:
        bands = choose_bands(reference.info, target.info, several=True)
        _, views = look_at(job, reference, target, bands, events)
        patches = [view.read((0, 0, SIZE, SIZE)) for view in views]
        assert [p.bands.shape[0] for p in patches] == [2, 2]
        green = stretch_of(ground[1]).apply(ground[1], np.ones((SIZE, SIZE), bool))
        assert np.allclose(patches[1].values, green, atol=1e-6)
        left_out = "Bands 1 and 1 are left out: b.tif has the same value everywhere"
        assert any(said.startswith(left_out) for said in events.said)
        with pytest.raises(InputError, match=r"b\.tif has the same value everywhere"):
            look_at(job, reference, target, BandChoice((1,), (1,), ""), events)


@pytest.fixture(scope="module")
def rgb_pair(tmp_path_factory) -> tuple[str, str]:
    """A reference and a target at 10 m, the target's content 123 m east and 77 m south; red is noise in both."""
    import rasterio
    from rasterio.enums import ColorInterp

    folder, field, paths = tmp_path_factory.mktemp("rgb"), KnownField(), []
    grid = reference_grid(10.0)
    for number, moved in enumerate(((0, 0), (123.0, -77.0))):
        ground = field.raster(grid, (190, 190), moved)
        ground = 40 + 170 * (ground - ground.min()) / np.ptp(ground)
        bands = [250 * np.random.default_rng(number).random(ground.shape), ground, 255 - ground]
        path = folder / f"{number}.tif"
        with rasterio.open(
            path, "w", driver="GTiff", count=3, dtype="uint8", height=190, width=190, crs=grid.crs,
            transform=grid.transform, photometric="RGB",
        ) as raster:  # fmt: skip
            raster.write(np.stack(bands).astype("uint8"))
            raster.colorinterp = [ColorInterp.red, ColorInterp.green, ColorInterp.blue]
        paths.append(str(path))
    return paths[0], paths[1]


def match(pair, reference_band=0, target_band=0, **options):
    inputs = RasterInput(pair[0], band=reference_band), RasterInput(pair[1], band=target_band)
    job = MatchJob(*inputs, max_shift_m=200.0, **options)
    events = Listener()
    return run(job, events), events.said


def test_the_whole_street_takes_several_bands_and_says_so(rgb_pair, tmp_path):
    output = str(tmp_path / "out.tif")
    match_job = MatchJob(
        RasterInput(rgb_pair[0]), RasterInput(rgb_pair[1]), report=str(tmp_path / "report.html"), max_shift_m=200.0
    )
    outcome = run(CoregisterJob(match_job, output), Listener())
    assert outcome.status == "ok"
    assert np.hypot(outcome.shift_x - 123, outcome.shift_y + 77) < 1
    said = "Comparing bands 1, 2 and 3 of 0.tif with bands 1, 2 and 3 of 1.tif: both have red, green and blue"
    assert any(message.startswith(said) for message in outcome.messages)
    assert "both have red, green and blue" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_band_that_is_asked_for_is_compared_alone(rgb_pair):
    outcome, said = match(rgb_pair, 2, 3)
    assert "Comparing band 2 of 0.tif (green) with band 3 of 1.tif (blue): as asked for." in said
    assert outcome.status == "ok"
    outcome, _ = match(rgb_pair, 1)
    assert outcome.status == "no_match"  # red with red, both noise


def test_a_free_matcher_sees_one_band(rgb_pair):
    _, said = match(rgb_pair, matcher="sift")
    assert any("Comparing band 1 of 0.tif" in sentence for sentence in said)
