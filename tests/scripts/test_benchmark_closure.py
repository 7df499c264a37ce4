"""Closure: does what adds up close, is what does not found and blamed, and is nothing counted that is not there?"""

from __future__ import annotations

from itertools import combinations

import benchmark_closure
import pytest
from benchmark_closure import blame, closures, in_cells, percentile, read_field

POSITION = {"a": (0.0, 0.0), "b": (0.7, -0.3), "c": (-1.1, 0.4), "d": (0.2, 1.3)}
PLACES = [(x, y) for x in (0.0, 500.0, 1500.0) for y in (0.0, 500.0, 1500.0)]


def fields(wrong: dict | None = None):
    """Every two dates displaced as their positions say; ``wrong``: pair -> what is added to its x."""
    found = {}
    for first, second in combinations(POSITION, 2):
        dx, dy = (POSITION[second][axis] - POSITION[first][axis] for axis in (0, 1))
        found[first, second] = {place: (dx + (wrong or {}).get((first, second), 0.0), dy) for place in PLACES}
    return found


def points_file(folder, rows):
    lines = ["id,ref_x,ref_y,tgt_x,tgt_y,dx,dy,score,residual,inlier"]
    lines += [f"{n},{x},{y},0,0,{dx},{dy},1,0,{inlier}" for n, (x, y, dx, dy, inlier) in enumerate(rows)]
    path = folder / "tie_points.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_displacements_between_positions_close_at_every_place_of_every_triple():
    found = closures(fields())
    assert set(found) == set(combinations("abcd", 3))
    assert all(len(values) == len(PLACES) for values in found.values())
    assert max(max(values) for values in found.values()) < 1e-12


def test_an_error_of_one_pair_shows_in_full_in_every_triple_of_it_and_the_pair_is_blamed():
    found = closures(fields({("b", "d"): 0.5}))
    assert {triple for triple, values in found.items() if max(values) > 0.1} == {("a", "b", "d"), ("b", "c", "d")}
    assert found["a", "b", "d"][0] == pytest.approx(0.5)
    to_blame = blame(found, 2)
    assert max(to_blame, key=to_blame.get) == ("b", "d")
    assert to_blame["a", "c"] < 1e-12


def test_a_pair_that_is_missing_takes_its_triples_with_it():
    known = fields()
    del known["a", "c"]
    assert set(closures(known)) == {("a", "b", "d"), ("b", "c", "d")}


def test_places_that_one_of_the_three_pairs_lacks_are_left_out():
    known = fields()
    known["a", "c"] = dict(list(known["a", "c"].items())[:2])
    assert len(closures(known)["a", "b", "c"]) == 2


def test_a_file_of_tie_points_is_read_in_pixels_with_y_down_and_without_outliers(tmp_path):
    path = points_file(tmp_path, [(10, 20, 5.0, 3.0, 1), (30, 20, 70.0, 3.0, 0)])
    assert read_field(path, pixel_m=10.0) == {(10.0, 20.0): (0.5, -0.3)}


def test_a_cell_is_its_median_and_one_with_few_points_says_nothing():
    field = {(float(n), 0.0): (float(n), 0.0) for n in range(5)}
    field[1500.0, 0.0] = (99.0, 0.0)
    assert in_cells(field, 1000.0, fewest=5) == {(0.0, 0.0): (2.0, 0.0)}
    assert in_cells({(1500.0, 0.0): (99.0, 1.0)}) == {(0.0, 0.0): (99.0, 1.0)}


def test_a_percentile_is_a_value_that_so_many_do_not_exceed():
    assert percentile(range(1, 101), 0.95) == 95
    assert percentile([3.0], 0.5) == 3.0
    assert percentile([], 0.5) != percentile([], 0.5)  # nan


def test_the_summary_says_what_closes_how_well_and_which_pairs_are_not_ok(tmp_path, monkeypatch):
    monkeypatch.setattr(benchmark_closure, "CACHE", tmp_path)
    rows = []
    for first, second in combinations("abc", 2):
        row = {"pair": f"{first}-{second}", "first": first, "second": second, "status": "ok", "inliers": 9, "error": ""}
        folder = tmp_path / "results" / "closure" / row["pair"]
        folder.mkdir(parents=True)
        dx = 10 * (POSITION[second][0] - POSITION[first][0]) + (3.0 if row["pair"] == "a-c" else 0.0)
        dy = -10 * (POSITION[second][1] - POSITION[first][1])
        points_file(folder, [(x, y, dx, dy, 1) for x, y in PLACES])
        rows.append(row)
    rows.append({"pair": "a-d", "first": "a", "second": "d", "status": "no_match", "error": "", "warnings": ["Cloud."]})
    text = benchmark_closure.write_tables(tmp_path / "out", rows, list("abcd"), "0123456789")
    line = next(line for line in text.splitlines() if line.startswith("| the shift of the pairs"))
    assert line == "| the shift of the pairs | 1 | 1 | 0.300 | 0.300 | 0.300 |"
    assert "Pairs: 4, of them not ok: 1; `a-d` no_match (Cloud.)." in text
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 1 + 4
