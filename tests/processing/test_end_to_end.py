"""The three algorithms, a model and a batch through the real QGIS and the real engine, on a pair with a known shift."""

from __future__ import annotations

from pathlib import Path

import pytest
from generated import ORIGIN, PIXEL_M, SHIFT_M, gdal, np
from qgis_support import Feedback

ALGORITHMS = ("matchrasters", "warpraster", "coregister")
# The pair is displaced by an exact Fourier shift; what is left are the sub-pixel error of the matcher and of bilinear
# or cubic resampling: a tenth of a pixel is far above the former and far below any real fault.
TOLERANCE_M = 0.1 * PIXEL_M


def layer(path):
    from qgis.core import QgsVectorLayer

    made = QgsVectorLayer(str(path), "", "ogr")
    assert made.isValid(), path
    return made


def misplaced_m(warped, reference):
    """How far the content of ``warped`` lies from that of ``reference``, metres (right, down), by correlation."""
    images = []
    for path in (warped, reference):
        values = gdal.Open(str(path)).ReadAsArray()
        image = (values if values.ndim == 2 else values[0]).astype(float)[32:-32, 32:-32]
        window = np.hanning(image.shape[0])[:, None] * np.hanning(image.shape[1])
        images.append(np.fft.fft2((image - image.mean()) * window))
    correlation = np.fft.fftshift(np.fft.ifft2(images[0] * np.conj(images[1])).real)
    row, column = np.unravel_index(correlation.argmax(), correlation.shape)

    def vertex(values):
        left, top, right = values
        return (left - right) / (2 * (left - 2 * top + right))

    dy = row + vertex(correlation[row - 1 : row + 2, column]) - correlation.shape[0] // 2
    dx = column + vertex(correlation[row, column - 1 : column + 2]) - correlation.shape[1] // 2
    return dx * PIXEL_M, dy * PIXEL_M


def assert_in_place(warped, reference):
    assert np.abs(misplaced_m(warped, reference)).max() < TOLERANCE_M


@pytest.mark.parametrize("name", ALGORITHMS)
def test_help_of_every_algorithm_is_there(qgis_process, name):
    done = qgis_process("help", f"sentinelmatch:{name}")
    assert done.returncode == 0
    assert "Arguments" in done.stdout  # a plugin that fails to import leaves exit code 0 too


def test_the_provider_is_listed(qgis_process):
    done = qgis_process("list")
    assert all(f"sentinelmatch:{name}" in done.stdout for name in ALGORITHMS)


@pytest.fixture(scope="module")
def matched(qgis_process, engine, pair, tmp_path_factory):
    """A match with every output: the answer, and the paths asked for."""
    folder = tmp_path_factory.mktemp("matched")
    files = {
        "TIE_POINTS": folder / "points.gpkg",
        "SHIFT_VECTORS": folder / "lines.gpkg",
        "GCP_FILE": folder / "gcp.points",
        "REPORT": folder / "report.html",
        "MATCH_FIGURE": folder / "figure.png",
    }
    answer = qgis_process.run("matchrasters", REFERENCE=pair.reference, TARGET=pair.target, **files)
    assert answer.code == 0, answer.said
    return answer, files


def test_a_match_measures_the_known_shift(matched):
    results = matched[0].results
    assert results["STATUS"] == "ok"
    assert results["SHIFT_X"] == pytest.approx(SHIFT_M[0], abs=TOLERANCE_M)
    assert results["SHIFT_Y"] == pytest.approx(SHIFT_M[1], abs=TOLERANCE_M)
    assert 0 < results["RMSE"] < 5 * TOLERANCE_M
    assert results["RMSE"] <= results["CE90"] * 1.5
    assert results["COUNT"] >= results["INLIERS"] > 50
    assert results["MESSAGES"].count("\n") >= 3


def test_every_file_that_was_asked_for_is_there(matched):
    results, files = matched[0].results, matched[1]
    for name, path in files.items():
        assert results[name] == str(path)
        assert path.stat().st_size > 100
    assert files["MATCH_FIGURE"].read_bytes().startswith(b"\x89PNG")
    assert "<html" in files["REPORT"].read_text().lower()


def test_the_tie_points_are_consistent_with_their_own_fields(matched):
    results, files = matched[0].results, matched[1]
    points = layer(files["TIE_POINTS"])
    assert points.featureCount() == results["COUNT"]
    assert points.crs().authid() == "EPSG:32636"
    inliers = 0
    for feature in points.getFeatures():
        place = feature.geometry().asPoint()
        assert (place.x(), place.y()) == (feature["ref_x"], feature["ref_y"])
        assert feature["tgt_x"] == pytest.approx(feature["ref_x"] + feature["dx"], abs=1e-6)
        assert feature["tgt_y"] == pytest.approx(feature["ref_y"] + feature["dy"], abs=1e-6)
        assert 0 <= feature["score"] <= 1
        inliers += feature["inlier"]
    assert inliers == results["INLIERS"]


def test_the_points_file_is_one_the_georeferencer_reads(matched):
    lines = matched[1]["GCP_FILE"].read_text().splitlines()
    assert lines[0].startswith("#CRS: PROJCS")
    assert lines[1] == "mapX,mapY,sourceX,sourceY,enable,dX,dY,residual"
    map_x, map_y, source_x, source_y, enable = (float(value) for value in lines[2].split(",")[:5])
    assert source_x - map_x == pytest.approx(SHIFT_M[0], abs=PIXEL_M)
    assert source_y - map_y == pytest.approx(SHIFT_M[1], abs=PIXEL_M)
    assert enable in (0, 1)
    assert len(lines) - 2 == matched[0].results["COUNT"]


def test_a_raster_warped_by_the_points_lies_on_the_reference(qgis_process, matched, pair, tmp_path):
    warped = tmp_path / "warped.tif"
    answer = qgis_process.run(
        "warpraster",
        INPUT=pair.target,
        TIE_POINTS=matched[1]["TIE_POINTS"],
        REFERENCE=pair.reference,
        TRANSFORM="shift",
        OUTPUT=warped,
    )
    assert answer.code == 0, answer.said
    assert answer.results == {"OUTPUT": str(warped)}
    file = gdal.Open(str(warped))
    assert file.RasterCount == 2
    assert file.GetRasterBand(1).DataType == gdal.GDT_UInt16
    assert file.GetGeoTransform() == gdal.Open(pair.reference).GetGeoTransform()
    assert_in_place(warped, pair.reference)


def test_points_moved_by_hand_move_the_raster(qgis_process, matched, pair, tmp_path):
    """The place in the reference is the geometry: all points moved 40 m east take the content along."""
    from qgis.core import QgsCoordinateTransformContext, QgsVectorFileWriter, QgsVectorLayer

    moved = QgsVectorLayer("Point?crs=EPSG:32636", "moved", "memory")
    source = layer(matched[1]["TIE_POINTS"])
    moved.dataProvider().addAttributes(source.fields().toList()[1:])  # without the fid
    moved.updateFields()
    features = []
    for feature in source.getFeatures():
        feature.setAttributes(feature.attributes()[1:])
        shape = feature.geometry()
        shape.translate(40.0, 0.0)
        feature.setGeometry(shape)
        features.append(feature)
    assert moved.dataProvider().addFeatures(features)[0]
    path = str(tmp_path / "moved.gpkg")
    QgsVectorFileWriter.writeAsVectorFormatV3(
        moved, path, QgsCoordinateTransformContext(), QgsVectorFileWriter.SaveVectorOptions()
    )
    warped = tmp_path / "warped.tif"
    answer = qgis_process.run(
        "warpraster",
        INPUT=pair.target,
        TIE_POINTS=path,
        REFERENCE=pair.reference,
        TRANSFORM="shift",
        EXTENT=f"{ORIGIN[0] + 320},{ORIGIN[0] + 2880},{ORIGIN[1] - 2880},{ORIGIN[1] - 320} [EPSG:32636]",
        OUTPUT=warped,
    )
    assert answer.code == 0, answer.said
    crop = tmp_path / "crop.tif"
    gdal.Translate(str(crop), pair.reference, srcWin=[32, 32, 256, 256])
    dx, dy = misplaced_m(warped, crop)
    assert (dx, dy) == pytest.approx((40.0, 0.0), abs=TOLERANCE_M)


def test_coregister_does_both_at_once(qgis_process, engine, pair, tmp_path):
    warped, points = tmp_path / "warped.tif", tmp_path / "points.gpkg"
    answer = qgis_process.run(
        "coregister", REFERENCE=pair.reference, TARGET=pair.target, OUTPUT=warped, TIE_POINTS=points
    )
    assert answer.code == 0, answer.said
    assert answer.results["STATUS"] == "ok"
    assert answer.results["OUTPUT"] == str(warped)
    assert layer(points).featureCount() == answer.results["COUNT"]
    assert_in_place(warped, pair.reference)


def test_coregister_of_two_places_says_no_match_and_writes_no_raster(qgis_process, engine, pair, tmp_path):
    from generated import texture, write_tif

    other = write_tif(tmp_path / "other.tif", (1000 * texture(99)).astype(np.uint16))
    warped = tmp_path / "warped.tif"
    answer = qgis_process.run("coregister", REFERENCE=pair.reference, TARGET=other, OUTPUT=warped)
    assert answer.code == 0, answer.said
    assert answer.results["STATUS"] == "no_match"
    assert answer.results["OUTPUT"] is None
    assert not warped.exists()
    assert "No raster was written" in answer.results["MESSAGES"]


def test_a_model_of_clip_match_filter_and_warp_runs(qgis_process, engine, pair, tmp_path):
    warped, points = tmp_path / "warped.tif", tmp_path / "points.gpkg"
    model = Path(__file__).with_name("chain.model3")
    extent = f"{ORIGIN[0] + 320},{ORIGIN[0] + 2880},{ORIGIN[1] - 2880},{ORIGIN[1] - 320} [EPSG:32636]"
    answer = qgis_process.run(
        str(model),
        reference=pair.reference,
        target=pair.target,
        extent=extent,
        **{"filter:points": points, "warp:warped": warped},
    )
    assert answer.code == 0, answer.said
    assert all(feature["score"] >= 0.3 for feature in layer(points).getFeatures())
    file = gdal.Open(str(warped))
    assert (file.RasterXSize, file.RasterYSize) == (256, 256)
    crop = tmp_path / "crop.tif"
    gdal.Translate(str(crop), pair.reference, srcWin=[32, 32, 256, 256])
    assert_in_place(warped, crop)


def test_a_batch_of_three_runs_in_one_engine(qgis_here, engine, pair, tmp_path):
    from sentinel_match_plugin.runtime.worker_process import shared_worker

    pids, shifts = set(), []
    for number in range(3):
        results = qgis_here.run(
            "sentinelmatch:coregister",
            {
                "REFERENCE": pair.reference,
                "TARGET": pair.target,
                "TARGET_BAND": 1 + number % 2,
                "OUTPUT": str(tmp_path / f"{number}.tif"),
            },
            feedback=Feedback.make(),
        )
        pids.add(shared_worker(engine).pid)
        shifts.append(results["SHIFT_X"])
        assert_in_place(results["OUTPUT"], pair.reference)
    assert len(pids) == 1
    assert None not in pids
    assert shifts == pytest.approx([SHIFT_M[0]] * 3, abs=TOLERANCE_M)


def test_a_cancel_in_mid_job_stops_within_a_second_and_the_next_job_runs(qgis_here, engine, pair, tmp_path):
    import time

    from qgis.core import QgsProcessingException

    output = tmp_path / "o.tif"
    parameters = {"REFERENCE": pair.reference, "TARGET": pair.target, "OUTPUT": str(output)}
    feedback, cancelled_at = Feedback.make(cancel_at=10.0), []
    feedback.canceled.connect(lambda: cancelled_at.append(time.monotonic()))
    with pytest.raises(QgsProcessingException, match="cancelled"):
        qgis_here.run("sentinelmatch:coregister", parameters, feedback=feedback)
    assert time.monotonic() - cancelled_at[0] < 1.5  # a second, and what a busy machine takes
    assert not any(tmp_path.iterdir())
    assert qgis_here.run("sentinelmatch:coregister", parameters)["STATUS"] == "ok"


def test_an_engine_killed_in_mid_job_is_a_sentence_and_the_next_job_runs(qgis_here, engine, pair, tmp_path):
    import os
    import signal

    from qgis.core import QgsProcessingException

    from sentinel_match_plugin.runtime.worker_process import shared_worker

    parameters = {"REFERENCE": pair.reference, "TARGET": pair.target, "OUTPUT": str(tmp_path / "o.tif")}

    killed = []
    feedback = Feedback.make()
    told = feedback.setProgress

    def kill(progress):
        if not killed and progress >= 5:
            killed.append(shared_worker(engine).pid)
            os.kill(killed[0], signal.SIGKILL)
        told(progress)

    feedback.setProgress = kill
    with pytest.raises(QgsProcessingException, match=r"memory|killed"):
        qgis_here.run("sentinelmatch:coregister", parameters, feedback=feedback)
    assert killed
    assert qgis_here.run("sentinelmatch:coregister", parameters)["STATUS"] == "ok"


def test_ctrl_c_ends_qgis_process_with_a_sentence_and_an_exit_code(qgis_process, engine, pair, tmp_path):
    import signal
    import subprocess
    import time

    output = tmp_path / "o.tif"
    # A point every 3 pixels takes far longer than the half second below, on any machine.
    inputs = [f"REFERENCE={pair.reference}", f"TARGET={pair.target}", f"OUTPUT={output}", "SPACING=3"]
    process = subprocess.Popen(
        [qgis_process.program, "run", "sentinelmatch:coregister", "--", *inputs],
        env=qgis_process.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = ""
    while "Python 3" not in said:  # the engine has greeted: the job is about to run
        line = process.stdout.readline()
        assert line, said
        said += line
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    said += process.communicate(timeout=30)[0]
    assert process.returncode != 0, said
    assert "cancelled" in said
    assert not output.exists()
