"""Tie points on their way from the engine to layers of any format, and from layers back to the engine."""

from __future__ import annotations

import csv

import pytest
from qgis_support import Feedback

HEADER = "id,ref_x,ref_y,tgt_x,tgt_y,dx,dy,score,residual,inlier\n"
TABLE = HEADER + (
    "1,600010.5,5499990.25,600020.5,5499985.25,10.0,-5.0,0.9,0.2,1\n"
    "2,600110.5,5499890.25,600520.5,5499885.25,410.0,-5.0,0.3,40.0,0\n"
    "3,600210.5,5499790.25,600220.5,5499785.25,,,0.5,,1\n"
)


@pytest.fixture
def rows(qgis_here, tmp_path):
    """The rows of ``TABLE`` as the plugin reads them."""
    from sentinel_match_plugin.processing.points import FIELDS
    from sentinel_match_plugin.processing.sinks import rows_of

    (tmp_path / "engine.csv").write_text(TABLE)
    return list(rows_of(tmp_path / "engine.csv", FIELDS))


def test_empty_cells_of_the_engine_are_nothing_and_not_zero(rows):
    assert rows[0] == {
        "id": 1,
        "ref_x": 600010.5,
        "ref_y": 5499990.25,
        "tgt_x": 600020.5,
        "tgt_y": 5499985.25,
        "dx": 10.0,
        "dy": -5.0,
        "score": 0.9,
        "residual": 0.2,
        "inlier": True,
    }
    assert rows[1]["inlier"] is False
    assert rows[2]["dx"] is None
    assert rows[2]["residual"] is None


def test_a_shift_vector_runs_from_the_reference_to_where_the_target_shows_it(rows):
    from sentinel_match_plugin.processing.points import point_of, vector_of

    start, end = vector_of(rows[0]).asPolyline()
    assert point_of(rows[0]).asPoint() == start
    assert (end.x() - start.x(), end.y() - start.y()) == (10.0, -5.0)
    assert vector_of(rows[2]) is None


@pytest.fixture
def to_csv(qgis_here, tmp_path):
    """``to_csv(fields, [(wkt, values), ...])`` -> what was counted, and the rows of the engine's file."""
    from qgis.core import QgsFeature, QgsGeometry, QgsProcessingContext, QgsProcessingFeatureSource, QgsVectorLayer

    from sentinel_match_plugin.processing.points import write_csv

    def write(fields, points, kind="Point"):
        layer = QgsVectorLayer(f"{kind}?crs=EPSG:32636{''.join('&field=' + f for f in fields)}", "edited", "memory")
        for wkt, values in points:
            feature = QgsFeature(layer.fields())
            if wkt:
                feature.setGeometry(QgsGeometry.fromWkt(wkt))
            feature.setAttributes(list(values))
            assert layer.dataProvider().addFeatures([feature])[0]
        context = QgsProcessingContext()
        written = write_csv(QgsProcessingFeatureSource(layer, context), tmp_path / "out.csv", Feedback.make())
        with open(tmp_path / "out.csv", newline="") as file:
            return written, list(csv.DictReader(file))

    return write


USUAL = ["tgt_x:double", "tgt_y:double", "score:double", "inlier:bool"]


def test_the_place_in_the_reference_is_where_the_point_lies_now(to_csv):
    fields = ["ref_x:double", "ref_y:double", *USUAL]
    _, rows = to_csv(fields, [("Point(5 6.25)", (1.0, 2.0, 7.5, 8.5, 0.75, True))])
    assert (rows[0]["ref_x"], rows[0]["ref_y"]) == ("5.0", "6.25")
    assert (rows[0]["tgt_x"], rows[0]["tgt_y"], rows[0]["score"]) == ("7.5", "8.5", "0.75")


def test_outliers_are_left_out_and_points_set_by_hand_are_used(to_csv):
    from qgis.core import NULL

    points = [
        ("Point(1 1)", (1.0, 1.0, 0.5, True)),
        ("Point(2 2)", (2.0, 2.0, 0.5, False)),
        ("Point(3 3)", (3.0, 3.0, NULL, NULL)),
    ]
    written, rows = to_csv(USUAL, points)
    assert (written.used, written.outliers, written.incomplete) == (2, 1, 0)
    assert [row["ref_x"] for row in rows] == ["1.0", "3.0"]
    assert rows[1]["score"] == ""


@pytest.mark.parametrize(("kind", "yes", "no"), [("string", "true", "false"), ("integer", 1, 0), ("string", "1", "0")])
def test_an_inlier_field_may_be_text_or_number_as_other_formats_keep_it(to_csv, kind, yes, no):
    fields = ["tgt_x:double", "tgt_y:double", f"inlier:{kind}"]
    written, _ = to_csv(fields, [("Point(1 1)", (1.0, 1.0, yes)), ("Point(2 2)", (2.0, 2.0, no))])
    assert (written.used, written.outliers) == (1, 1)


def test_points_without_a_position_or_a_target_are_counted_and_left_out(to_csv):
    from qgis.core import NULL

    points = [
        ("Point(1 1)", (1.0, 1.0, 1.0, True)),
        ("", (2.0, 2.0, 1.0, True)),
        ("Point(3 3)", (3.0, NULL, 1.0, True)),
    ]
    written, _ = to_csv(USUAL, points)
    assert (written.used, written.incomplete) == (1, 2)


def test_other_points_than_tie_points_are_refused_with_a_sentence(to_csv):
    from sentinel_match_plugin.processing.algorithm import ParameterError

    with pytest.raises(ParameterError, match="edited has no field tgt_x, tgt_y: tie points need"):
        to_csv(["name:string"], [("Point(1 1)", ("a",))])


def test_a_layer_of_outliers_only_is_refused_with_a_sentence(to_csv):
    from sentinel_match_plugin.processing.algorithm import ParameterError

    with pytest.raises(ParameterError, match="no point that can be used: 1 are marked as outliers"):
        to_csv(USUAL, [("Point(1 1)", (1.0, 1.0, 1.0, False))])
