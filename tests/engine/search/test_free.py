"""Free matching of images larger than a tile: nothing lost at seams, nothing twice, the place found, memory bounded."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from sentinel_match_plugin.engine.errors import Cancelled
from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.matchers.base import Matches, Patch
from sentinel_match_plugin.engine.matchers.local_features import FeatureMatcher, MutualNearest
from sentinel_match_plugin.engine.matchers.opencv_features import Sift
from sentinel_match_plugin.engine.search.free import match_free, merge_duplicates
from sentinel_match_plugin.engine.search.free_search import Motion, tiles
from sentinel_match_plugin.engine.search.patch_source import ArraySource
from tests.engine.known_texture import real_strip

SHIFT = np.array([37.25, -61.5])  # target minus reference, px
PRODUCER = -np.array([0.05, 0.26])  # left by the producer between summer_prev and summer of T36UUA (season_pairs.py)


RAW_SHARE = 0.65  # of unfiltered SIFT matches between two summers within 1 px; chance alone gives 1e-4


class SmallTiles(FeatureMatcher):
    """SIFT as if it could only see small tiles."""

    def __init__(self) -> None:
        super().__init__("sift", Sift(), MutualNearest((0.27, 0.05), max_ratio=0.85))
        self.tile_px = 400


class NoRotation(SmallTiles):
    """SIFT that drops what is turned: behaves as a network that does not stand rotation."""

    def __init__(self) -> None:
        super().__init__()
        self.any_rotation = False

    def match(self, reference: Patch, target: Patch) -> Matches:
        found = super().match(reference, target)
        if len(found) < 4:
            return found
        matrix, _ = cv2.estimateAffinePartial2D(found.reference, found.target)
        upright = matrix is not None and abs(np.degrees(np.arctan2(matrix[1, 0], matrix[0, 0]))) < 15
        return found if upright else Matches.none()


class Recorder(Events):
    """Keeps what was said; asks to stop after ``stop_after`` steps of progress."""

    def __init__(self, stop_after: int = 10**9) -> None:
        self.said, self.fractions, self.stop_after = [], [], stop_after

    def info(self, text: str) -> None:
        self.said.append(text)

    def progress(self, fraction: float, stage: str = "") -> None:
        self.fractions.append(fraction)

    @property
    def cancelled(self) -> bool:
        return len(self.fractions) > self.stop_after


class Watched(ArraySource):
    """Remembers the largest patch that was asked for."""

    largest = 0

    def read(self, window, decimation=1.0, displaced=None) -> Patch:
        patch = super().read(window, decimation, displaced)
        self.largest = max(self.largest, *patch.values.shape)
        return patch


@pytest.fixture(scope="module")
def strips():
    from tests.conftest import SHARED_DATA

    if not SHARED_DATA.is_dir():
        pytest.skip(f"the real data are not at {SHARED_DATA}")
    return [real_strip(SHARED_DATA, "T36UUA", date)[:1000] for date in ("summer_prev", "summer")]


def moved(image: np.ndarray, matrix: np.ndarray, shape) -> np.ndarray:
    """The image whose pixel ``matrix @ (x, y, 1)`` (frame of base.py) shows what ``image`` has at (x, y)."""
    centres = matrix.copy()
    centres[:, 2] += matrix[:, :2] @ [0.5, 0.5] - 0.5
    return np.clip(
        cv2.warpAffine(image, centres, shape[::-1], flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT), 0, 1
    )


@pytest.fixture(scope="module")
def shifted(strips) -> tuple[ArraySource, ArraySource]:
    """A real year between them, and a known sub-pixel shift; several tiles long."""
    matrix = np.column_stack([np.eye(2), SHIFT])
    return ArraySource(strips[0]), ArraySource(moved(strips[1], matrix, strips[1].shape))


def share_right(found: Matches, truth, tolerance_px: float = 1.0) -> float:
    return float((np.linalg.norm(found.target - truth(found.reference), axis=1) < tolerance_px).mean())


def as_it_is(xy: np.ndarray) -> np.ndarray:
    return xy


def by_shift(xy: np.ndarray) -> np.ndarray:
    return xy + SHIFT + PRODUCER


def test_tiles_cover_everything_and_overlap_by_an_eighth():
    for shape in ((100, 90), (321, 320), (1400, 512), (5000, 3333)):
        windows = tiles(shape, 320)
        seen = np.zeros(shape, int)
        for x0, y0, x1, y1 in windows:
            assert x1 - x0 <= 320
            assert y1 - y0 <= 320
            assert x0 % 8 == y0 % 8 == 0  # LoFTR's cells then coincide in overlaps
            seen[y0:y1, x0:x1] += 1
        assert seen.min() == 1
    columns = sorted({(x0, x1) for x0, _, x1, _ in tiles((5000, 3333), 320)})
    assert min(a[1] - b[0] for a, b in zip(columns, columns[1:], strict=False)) >= 320 // 8 - 8


def test_with_a_known_mapping_a_real_pair_is_matched_all_over(shifted):
    found = match_free(*shifted, SmallTiles(), Events(), mapping=as_it_is, margin_px=80)
    assert share_right(found, by_shift) > RAW_SHARE
    right = np.linalg.norm(found.target - by_shift(found.reference), axis=1) < 1
    assert np.histogram(found.reference[right, 1], bins=6, range=(70, 1000))[0].min() > 30  # all along the strip
    offset = np.median((found.target - found.reference)[right], axis=0)
    np.testing.assert_allclose(offset, SHIFT + PRODUCER, atol=0.15)


def test_no_place_is_returned_twice(shifted):
    found = match_free(*shifted, SmallTiles(), Events(), mapping=as_it_is, margin_px=80)
    nearest = [np.sort(np.linalg.norm(found.reference - p, axis=1))[1] for p in found.reference[::10]]
    assert min(nearest) > 1.5


def test_the_place_is_found_when_nobody_tells(shifted):
    events = Recorder()
    found = match_free(*shifted, SmallTiles(), events)
    assert any(text.startswith("The target was found") for text in events.said)
    assert len(found) > 500
    assert share_right(found, by_shift) > RAW_SHARE
    assert events.fractions[-1] == 1.0
    assert events.fractions == sorted(events.fractions)


def test_a_margin_wider_than_a_tile_can_hold_is_narrowed_first(shifted):
    found = match_free(*shifted, SmallTiles(), Events(), mapping=as_it_is, margin_px=180)
    assert share_right(found, by_shift) > RAW_SHARE


@pytest.mark.parametrize("matcher", [SmallTiles(), NoRotation()], ids=["stands rotation", "does not"])
@pytest.mark.parametrize(("degrees", "scale"), [(90, 1.0), (186, 1.0), (-92, 1.3)])
def test_turned_and_scaled_targets_are_found_by_every_kind_of_matcher(strips, matcher, degrees, scale):
    reference = strips[0][:700]
    a = np.deg2rad(degrees)
    linear = scale * np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    corners = np.array([[0, 0], [512, 0], [0, 700], [512, 700]]) @ linear.T
    matrix = np.column_stack([linear, -corners.min(0)])
    shape = tuple(np.ceil(np.ptp(corners, axis=0)).astype(int)[::-1])
    target = moved(strips[1][:700], matrix, shape)
    found = match_free(ArraySource(reference), ArraySource(target), matcher, Events())
    truth = Motion(matrix)
    assert len(found) > 250
    assert share_right(found, lambda xy: truth(xy + PRODUCER), 1.5) > 0.7


def test_a_small_part_of_a_large_target_is_found_by_pairs_of_tiles(strips):
    events = Recorder()
    reference = ArraySource(strips[0][750:950, 150:350], gsd_m=10.0)
    found = match_free(reference, ArraySource(strips[1], gsd_m=10.0), SmallTiles(), events)
    assert share_right(found, lambda xy: xy + [150, 750] + PRODUCER) > 0.7
    assert len(found) > 60


def test_images_of_different_places_agree_on_nothing_and_end(strips, shared_data):
    other = real_strip(shared_data, "T36UVC", "summer")[:700]
    events = Recorder()
    found = match_free(ArraySource(strips[0][:700]), ArraySource(other), SmallTiles(), events)
    assert any("No pair of tiles matches" in text for text in events.said)
    assert len(found) < 100


def test_no_patch_is_larger_than_a_tile_and_its_margins(shifted):
    sources = [Watched(s.read((0, 0, 512, 1000)).values) for s in shifted]
    match_free(*sources, SmallTiles(), Events(), mapping=as_it_is, margin_px=80)
    assert max(source.largest for source in sources) <= 400
    match_free(*sources, SmallTiles(), Events())
    assert max(source.largest for source in sources) <= 400 + 2 * 80


def test_equal_seeds_give_equal_results(shifted):
    first, second = (match_free(*shifted, SmallTiles(), Events(), seed=3) for _ in range(2))
    np.testing.assert_array_equal(first.target, second.target)


def test_it_stops_at_the_next_tile_when_cancelled(shifted):
    events = Recorder(stop_after=3)
    with pytest.raises(Cancelled):
        match_free(*shifted, SmallTiles(), events, mapping=as_it_is, margin_px=80)
    assert len(events.fractions) == 4


def test_nodata_and_what_lies_outside_give_no_matches(strips):
    valid = np.ones(strips[0].shape, bool)
    valid[300:800] = False
    found = match_free(
        ArraySource(strips[0]), ArraySource(strips[1], valid), SmallTiles(), Events(), mapping=as_it_is, margin_px=8
    )
    assert len(found) > 100
    assert not ((found.target[:, 1] > 300) & (found.target[:, 1] < 800)).any()
    nothing = match_free(
        ArraySource(strips[0]),
        ArraySource(strips[1]),
        SmallTiles(),
        Events(),
        mapping=lambda xy: xy + 5000,
        margin_px=8,
    )
    assert len(nothing) == 0


def test_of_duplicates_the_best_score_is_kept_whatever_the_order():
    reference = np.array([[10.0, 10.0], [10.9, 10.3], [50.0, 10.0], [12.1, 10.3], [30.0, 5.0]])
    score = np.array([0.3, 0.9, 0.5, 0.4, 0.1])
    for order in (np.arange(5), np.array([4, 2, 0, 3, 1])):
        merged = merge_duplicates(Matches(reference[order], reference[order] + 1, score[order]))
        np.testing.assert_array_equal(merged.reference, [[30.0, 5.0], [50.0, 10.0], [10.9, 10.3]])
    chain = merge_duplicates(Matches(np.array([[0.0, 0], [1, 0], [2, 0]]), np.zeros((3, 2)), np.array([0.9, 0.5, 0.4])))
    np.testing.assert_array_equal(chain.reference, [[0, 0], [2, 0]])  # what is dropped drops nothing itself


def test_an_array_is_read_at_the_place_that_the_window_says():
    y, x = np.mgrid[:90, :120] + 0.5
    table = 3 / 400 / 32  # OpenCV's remap knows fractions of a pixel by the thirty-second
    source = ArraySource((x + 2 * y) / 400, gsd_m=10.0)
    for window, decimation in (((5, 7, 105, 67), 1.0), ((8, 8, 104, 68), 3.0), ((8, 8, 104, 68), 2.5)):
        patch = source.read(window, decimation)
        row, column = patch.values.shape[0] // 2, patch.values.shape[1] // 2
        at = np.array(window[:2]) + decimation * (np.array([column, row]) + 0.5)
        assert patch.values[row, column] == pytest.approx((at[0] + 2 * at[1]) / 400, abs=table)
        assert patch.gsd_m == 10 * decimation
    outside = source.read((-20, -10, 20, 20))
    assert not outside.valid[:10].any()
    assert not outside.valid[:, :20].any()
    assert outside.valid[11:, 21:].all()
    turned = source.read((0, 0, 60, 60), 1.0, lambda xy: np.stack([xy[:, 1] + 10, xy[:, 0]], -1))
    assert turned.values[20, 40] == pytest.approx((20.5 + 10 + 2 * 40.5) / 400, abs=table)


def test_a_matcher_that_takes_several_tiles_at_once_is_given_them_and_finds_the_same(shifted):
    class Several(SmallTiles):
        batch = 3

        def __init__(self) -> None:
            super().__init__()
            self.given: list[int] = []

        def match_many(self, pairs):
            self.given.append(len(pairs))
            return [self.match(*pair) for pair in pairs]

    several = Several()
    together, alone = (
        match_free(*shifted, matcher, Events(), mapping=as_it_is, margin_px=80) for matcher in (several, SmallTiles())
    )
    assert set(several.given[:-1]) == {3}
    np.testing.assert_array_equal(together.target, alone.target)
    np.testing.assert_array_equal(together.reference, alone.reference)
