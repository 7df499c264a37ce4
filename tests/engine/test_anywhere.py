"""The road without georeferencing, or with a wrong one, through the whole engine: winter against summer, truth known.

The images are pieces of a training place of the season data, displaced as season_pairs.py does.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin
from scipy.ndimage import map_coordinates

from sentinel_match_plugin.engine.errors import InputError
from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.jobs import CoregisterJob, MatchJob, RasterInput
from sentinel_match_plugin.engine.pipeline import run
from sentinel_match_plugin.engine.points.tie_points import read_csv
from tests.engine.known_texture import real_strip

SIDE, TOP, LEFT = 288, 600, 80
PIXEL_M, CORNER_M = 10.0, (600000.0, 5500000.0)
WINTER_OFFSET_PX = np.array([0.05, -0.31])  # left by the producer between winter and summer of T36UUA (season_pairs.py)


class Recorder(Events):
    """Keeps what was said."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def info(self, text: str) -> None:
        self.said.append(text)

    warning = info


class Pair:
    """Winter and summer of one place. The target shows at pixel p what the reference has at ``truth(p)``."""

    def __init__(self, data: Path, folder: Path) -> None:
        self.folder = folder
        self.winter, self.summer = (
            real_strip(data, "T36UUA", date).astype(np.float64) for date in ("winter", "summer")
        )
        self._box = np.s_[TOP : TOP + SIDE, LEFT : LEFT + SIDE]

    def reference(self, **options) -> str:
        return self.write("reference.tif", self.winter[self._box], **options)

    def target(self, degrees: float, scale: float, shift: tuple[float, float] = (0, 0), **options) -> str:
        """The summer turned by ``degrees`` and ``scale`` times as large an area, moved by ``shift`` pixels."""
        angle = np.deg2rad(degrees)
        self._linear = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        self._shift = np.array(shift, float)
        pixels = np.stack(np.meshgrid(np.arange(SIDE), np.arange(SIDE)), -1) + 0.5
        x, y = np.moveaxis(self._moved(pixels), -1, 0)
        image = map_coordinates(self.summer, [y + TOP - 0.5, x + LEFT - 0.5], order=3, mode="mirror")
        return self.write("target.tif", image, **options)

    def _moved(self, pixels: np.ndarray) -> np.ndarray:
        return (pixels - SIDE / 2) @ self._linear.T + SIDE / 2 + self._shift

    def errors_px(self, reference: np.ndarray, target: np.ndarray) -> np.ndarray:
        """Of tie points in pixels of both, reference pixels."""
        return np.hypot(*(self._moved(target) + WINTER_OFFSET_PX - reference).T)

    def write(self, name: str, image: np.ndarray, **options) -> str:
        path = self.folder / name
        profile = {"width": image.shape[1], "height": image.shape[0], "count": 1, "dtype": "uint8", **options}
        with rasterio.open(path, "w", driver="GTiff", **profile) as raster:
            raster.write(np.clip(np.round(image * 255), 0, 255).astype(np.uint8), 1)
        return str(path)


@pytest.fixture
def pair(shared_data, tmp_path) -> Pair:
    return Pair(shared_data, tmp_path)


def located(x: float = CORNER_M[0], y: float = CORNER_M[1], pixel_m: float = PIXEL_M) -> dict:
    return {"crs": "EPSG:32636", "transform": from_origin(x, y, pixel_m, pixel_m)}


def job(reference: str, target: str, **options) -> MatchJob:
    return MatchJob(RasterInput(reference), RasterInput(target), **options)


def pixels_of(table) -> tuple[np.ndarray, np.ndarray]:
    """Tie points of two rasters without a CRS, whose map coordinates are pixel and minus line."""
    return table.reference_xy * [1, -1], table.target_xy


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
@pytest.mark.parametrize(("degrees", "scale", "shift"), [(160, 1.0, (12, -20)), (-75, 1.4, (0, 0))])
def test_without_any_crs_a_summer_turned_scaled_and_shifted_is_matched_to_its_winter(pair, degrees, scale, shift):
    points = str(pair.folder / "points.csv")
    events = Recorder()
    outcome = run(job(pair.reference(), pair.target(degrees, scale, shift), tie_points=points), events)
    errors = pair.errors_px(*pixels_of(read_csv(points)))
    assert outcome.status == "ok"
    assert len(errors) > 60
    assert np.median(errors) < 0.7
    assert (errors < 3).mean() > 0.98
    assert np.quantile(errors, 0.9) < 1.5
    assert any("have no CRS" in text for text in events.said)


def test_a_target_without_a_crs_is_warped_onto_the_reference(pair):
    warped = str(pair.folder / "warped.tif")
    outcome = run(CoregisterJob(job(pair.reference(**located()), pair.target(-90, 1.0)), warped), Events())
    assert outcome.status == "ok"
    with rasterio.open(warped) as raster:
        assert raster.crs.to_epsg() == 32636
        assert raster.transform == located()["transform"]
        image, valid = raster.read(1) / 255, raster.dataset_mask() > 0
    there = pair.summer[TOP : TOP + SIDE, LEFT : LEFT + SIDE]
    assert valid.mean() > 0.95
    assert np.corrcoef(image[valid], there[valid])[0, 1] > 0.95


@pytest.mark.parametrize(
    ("degrees", "aside_m", "max_shift_m"),
    [
        pytest.param(50, (700, 400), 300, id="turned and elsewhere"),
        # What the search within 1500 m and 10 degrees saw were chance likenesses, one like another; in few windows
        pytest.param(180, (0, 0), 1500, id="turned"),
    ],
)
def test_auto_says_so_where_the_georeferencing_is_wrong_and_finds_the_target_all_the_same(
    pair, degrees, aside_m, max_shift_m
):
    points = str(pair.folder / "points.csv")
    events = Recorder()
    aside = located(CORNER_M[0] + aside_m[0], CORNER_M[1] + aside_m[1])
    target = pair.target(degrees, 1.0, **aside)
    task = job(pair.reference(**located()), target, tie_points=points, max_shift_m=max_shift_m)
    outcome = run(task, events)
    table = read_csv(points)
    own = ~aside["transform"]
    target = np.array([own @ tuple(xy) for xy in table.target_xy])
    reference = np.array([~located()["transform"] @ tuple(xy) for xy in table.reference_xy])
    assert outcome.status == "ok"
    assert np.median(pair.errors_px(reference, target)) < 0.7
    assert any("not where the georeferencing says" in text for text in outcome.messages)


def test_a_guided_matcher_asked_for_does_not_look_elsewhere(pair):
    outcome = run(job(pair.reference(**located()), pair.target(50, 1.0, **located()), matcher="structure"), Events())
    assert outcome.status == "no_match"


def test_a_guided_matcher_without_a_crs_is_refused_and_auto_named(pair):
    with pytest.raises(InputError, match=r"no CRS, which phase needs.*auto"):
        run(job(pair.reference(), pair.target(0, 1.0), matcher="phase"), Events())


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
@pytest.mark.parametrize("kind", ["another place", "mirrored"])
def test_what_does_not_belong_together_is_no_match(pair, shared_data, kind):
    if kind == "another place":
        image = real_strip(shared_data, "T36UVC", "summer")[1400 : 1400 + SIDE, LEFT : LEFT + SIDE]
    else:
        image = pair.summer[TOP : TOP + SIDE, LEFT : LEFT + SIDE][:, ::-1]
    outcome = run(job(pair.reference(), pair.write("target.tif", image)), Events())
    assert outcome.status == "no_match", outcome.messages


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_what_a_free_matcher_finds_is_refined_when_asked(pair):
    points = str(pair.folder / "points.csv")
    same = pair.write("same.tif", pair.summer[TOP : TOP + SIDE, LEFT : LEFT + SIDE])
    target = pair.target(33, 1.0)
    task = job(same, target, matcher="sift", matcher_options="refine=yes", tie_points=points)
    events = Recorder()
    outcome = run(task, events)
    errors = pair.errors_px(*pixels_of(read_csv(points))) if outcome.count else np.array([np.inf])
    assert outcome.status == "ok"
    assert outcome.matcher == "sift"
    assert any("windows agree" in text for text in events.said)
    assert np.median(errors) < 0.5  # of which .31 px are the winter's offset, that this pair does not have
