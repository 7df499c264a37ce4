"""The table of QGIS versions in the README."""

from __future__ import annotations

import matrix_table
import pytest

ROW = {
    "qgis": "QGIS 3.40.6-Bratislava 'Bratislava'",
    "python": "3.13.5",
    "zip": "sentinel_match_plugin-0.1.0.zip",
    "tests": "120 passed in 12.31s (0:00:12)",
    "warped_differs": 0.0,
    "pair": {"STATUS": "ok", "INLIERS": 640, "COUNT": 644, "CE90": 3.14},
    "versions": {"qt": "5.15.15", "gdal": "GDAL 3.10.3, released 2025/04/01", "proj": "9.6"},
    "model": "100 points, 256 x 256 px",
    "series": "one date of four given, one written",
}
README = f"before\n{matrix_table.START}\nold\n{matrix_table.END}\nafter\n"


def test_the_table_stands_between_its_markers_and_nothing_else_changes():
    text = matrix_table.written(README, [ROW, ROW], "2026-11-22")
    assert text.startswith(f"before\n{matrix_table.START}\n| QGIS")
    assert text.endswith(f"2026-11-22.\n{matrix_table.END}\nafter\n")
    assert "old" not in text
    expected = "| 3.40.6 | 5.15.15, 3.13.5, 3.10.3 | loads | 120 passed | ok, 640 of 644 points, CE90 3.1 m | ok |\n"
    assert text.count(expected) == 2


def test_the_table_says_of_which_commit_the_zip_is():
    text = matrix_table.written(README, [ROW], "2026", "abc1234")
    assert "\n`sentinel_match_plugin-0.1.0.zip` of abc1234, 2026" in text


def test_a_second_time_changes_nothing():
    once = matrix_table.written(README, [ROW], "2026-11-22")
    assert matrix_table.written(once, [ROW], "2026-11-22") == once


@pytest.mark.parametrize("text", ["", f"{matrix_table.START}\n", README + README])
def test_a_readme_without_one_pair_of_markers_is_left_alone(text):
    with pytest.raises(ValueError, match="one line"):
        matrix_table.written(text, [ROW], "2026-11-22")
