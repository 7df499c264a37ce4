"""The tie-point table and its files."""

import csv

import numpy as np
import pytest
from affine import Affine
from rasterio.crs import CRS

from sentinel_match_plugin.engine.errors import InputError, OutputError
from sentinel_match_plugin.engine.frames.georeference import Georeference, change_crs
from sentinel_match_plugin.engine.points.tie_points import FIELDS, read_csv, tie_points, write_csv, write_gcp_file
from sentinel_match_plugin.engine.results.outputs import replacing

UTM36 = Georeference(CRS.from_epsg(32636), Affine(10, 0, 300000, 0, -10, 5600000))
UTM35 = Georeference(CRS.from_epsg(32635), Affine(20, 0, 700000, 0, -20, 5600000))
BARE = Georeference(None, Affine(1, 0, 0, 0, -1, 0))
PIXELS = np.array([[0.5, 0.5], [100.25, 40.0], [7.0, 300.0]])


def table(target=UTM35):
    return tie_points(PIXELS, PIXELS + [3.0, -2.0], np.array([0.9, 0.5, 0.1]), UTM36, target)


def test_the_first_pixels_centre_lies_half_a_pixel_inside_the_raster():
    assert table().reference_xy[0].tolist() == [300005.0, 5599995.0]


def test_displacement_is_target_minus_reference_in_the_references_map_units():
    assert np.allclose(table().displacement, [30.0, 20.0])


def test_the_targets_place_is_in_the_targets_own_crs():
    points = table()
    back = change_crs(points.target_xy, UTM35.crs, UTM36.crs)
    assert np.allclose(back - points.reference_xy, [30.0, 20.0], atol=1e-4)


def test_a_target_without_crs_is_named_by_pixel_and_line():
    points = table(BARE)
    assert np.allclose(points.target_xy, PIXELS + [3.0, -2.0])
    assert np.isnan(points.displacement).all()


def test_csv_has_the_contracts_fields_and_reads_back_the_same_numbers(tmp_path):
    points = table().judged(np.array([0.1, np.nan, 4.0]), np.array([True, True, False]))
    write_csv(tmp_path / "points.csv", points)
    with open(tmp_path / "points.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == FIELDS
    assert rows[1]["residual"] == ""
    back = read_csv(tmp_path / "points.csv")
    assert np.array_equal(back.reference_xy, points.reference_xy[:2])
    assert np.array_equal(back.target_xy, points.target_xy[:2])


def test_a_point_added_by_hand_counts_though_its_inlier_field_is_empty(tmp_path):
    (tmp_path / "hand.csv").write_text("ref_x,ref_y,tgt_x,tgt_y,inlier,score\n1,2,3,4,,\n1,2,3,5,0,1\n")
    assert len(read_csv(tmp_path / "hand.csv").score) == 1


def test_a_table_without_coordinates_is_refused_by_the_name_of_the_field(tmp_path):
    (tmp_path / "bad.csv").write_text("ref_x,ref_y,tgt_x\n1,2,3\n")
    with pytest.raises(InputError, match="no field tgt_y"):
        read_csv(tmp_path / "bad.csv")


def test_a_broken_number_is_refused_by_its_line(tmp_path):
    (tmp_path / "bad.csv").write_text("ref_x,ref_y,tgt_x,tgt_y\n1,2,3,4\n1,2,x,4\n")
    with pytest.raises(InputError, match="Line 3"):
        read_csv(tmp_path / "bad.csv")


def test_the_georeferencer_file_has_its_crs_line_and_negative_lines_for_a_bare_target(tmp_path):
    write_gcp_file(tmp_path / "a.points", table(BARE), UTM36, target_has_crs=False)
    first, header, row = (tmp_path / "a.points").read_text().splitlines()[:3]
    assert first.startswith("#CRS: PROJCS")
    assert header == "mapX,mapY,sourceX,sourceY,enable,dX,dY,residual"
    assert row.split(",")[:5] == ["300005.0", "5599995.0", "3.5", "1.5", "1"]  # line -1.5, minus sign turned


def test_an_existing_file_survives_a_failed_write(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text("precious")

    def fail_half_way():
        with replacing(path) as file:
            file.write("half")
            raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match="disk is full"):
        fail_half_way()
    assert path.read_text() == "precious"
    assert [p.name for p in tmp_path.iterdir()] == ["points.csv"]
