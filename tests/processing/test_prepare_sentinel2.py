"""Sentinel-2 products through the real QGIS: prepared, and given where a raster is asked for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from generated import gdal, np
from qgis_support import Feedback

SAFE = Path(__file__).resolve().parents[3] / "shared" / "data" / "safe"
T29UNU = SAFE / "S2A_MSIL2A_20221005T115411_N0400_R023_T29UNU_20221005T164454.SAFE"
T31TDH = SAFE / "S2A_MSIL1C_20180101T105441_N0206_R051_T31TDH_20180101T124911.zip"
EXTENT = "517980,556380,5792640,5831040 [EPSG:32629]"  # 640 x 640 pixels of 60 m, most of them land
MOVED_M = (240.0, -180.0)

pytestmark = pytest.mark.skipif(not SAFE.is_dir(), reason=f"the real products are not at {SAFE}")


@pytest.fixture(scope="module")
def moved(tmp_path_factory):
    """Red and near infrared of a part of the real product, displaced by ``MOVED_M`` metres."""
    path = tmp_path_factory.mktemp("moved") / "moved.tif"
    images = [str(next(T29UNU.rglob(f"*_{band}_60m.jp2"))) for band in ("B04", "B8A")]
    stack = gdal.BuildVRT("/vsimem/stack.vrt", images, separate=True, VRTNodata=0)
    made = gdal.Translate(str(path), stack, projWin=[517980, 5831040, 556380, 5792640], projWinSRS="EPSG:32629")
    place = made.GetGeoTransform()
    made.SetGeoTransform((place[0] + MOVED_M[0], *place[1:3], place[3] + MOVED_M[1], *place[4:]))
    for number, name in enumerate(("B04", "B8A"), 1):
        made.GetRasterBand(number).SetDescription(name)
    made.FlushCache()
    return str(path)


def test_a_real_product_is_prepared(qgis_process, engine, tmp_path):
    output = tmp_path / "rgb.tif"
    answer = qgis_process.run(
        "preparesentinel2",
        PRODUCT=T29UNU,
        BANDS="RGB",
        EXTENT=EXTENT,
        MASK_CLOUDS="true",
        NORMALISE="threshold",
        OUTPUT=output,
    )
    assert answer.code == 0, answer.said
    assert answer.results == {"OUTPUT": str(output)}
    assert "BOA_ADD_OFFSET -1000 was added" in answer.said
    raster = gdal.Open(str(output))
    assert (raster.RasterXSize, raster.RasterYSize, raster.RasterCount) == (640, 640, 3)
    assert [raster.GetRasterBand(i).GetDescription() for i in (1, 2, 3)] == ["B04", "B03", "B02"]
    assert raster.GetRasterBand(1).GetNoDataValue() == 0
    assert raster.GetMetadataItem("ACQUISITION_TIME") == "2022-10-05T11:56:49.581767Z"


def test_only_metadata_end_in_a_sentence_before_anything_starts(qgis_process, tmp_path):
    product = next(SAFE.glob("S2B_MSIL2A_20220413*"))
    answer = qgis_process.run("preparesentinel2", PRODUCT=product, OUTPUT=tmp_path / "out.tif")
    assert answer.code == 1
    assert "PRODUCT: S2B_MSIL2A_20220413T150759_N0400_R025_T33XWJ_20220414T082126 holds only metadata" in answer.said
    assert not list(tmp_path.iterdir())


def test_a_product_is_the_reference_of_a_match(qgis_process, engine, moved):
    answer = qgis_process.run("matchrasters", REFERENCE=T29UNU, TARGET=moved, TRANSFORM="shift")
    assert answer.code == 0, answer.said
    assert answer.results["STATUS"] == "ok"
    assert answer.results["SHIFT_X"] == pytest.approx(MOVED_M[0], abs=3)
    assert answer.results["SHIFT_Y"] == pytest.approx(MOVED_M[1], abs=3)
    assert "B04, B03, B02, B8A, B11 at 60 m are used" in answer.results["MESSAGES"]


def run_here(qgis_here, name, **parameters):
    """Run in this process: the answer, or the sentence, and what the feedback heard."""
    feedback = Feedback.make()
    parameters = {key: str(value) if isinstance(value, Path) else value for key, value in parameters.items()}
    return qgis_here.run(f"sentinelmatch:{name}", parameters, feedback=feedback), feedback


def test_a_product_named_by_its_mtd_file_is_warped_onto_a_reference(qgis_here, engine, moved, tmp_path):
    output, target = tmp_path / "warped.tif", T29UNU / "MTD_MSIL2A.xml"
    results, _ = run_here(qgis_here, "coregister", REFERENCE=moved, TARGET=target, TRANSFORM="shift", OUTPUT=output)
    assert results["STATUS"] == "ok"
    warped, reference = gdal.Open(str(output)), gdal.Open(moved)
    assert (warped.RasterCount, warped.GetRasterBand(1).GetNoDataValue()) == (5, 0)
    there, truth = warped.GetRasterBand(1).ReadAsArray().astype(float), reference.GetRasterBand(1).ReadAsArray()
    both = (there > 0) & (truth > 0)
    assert np.corrcoef(there[both], truth[both])[0, 1] > 0.99


def test_a_subdataset_that_qgis_shows_is_taken_by_its_path_and_gets_nodata(qgis_here, engine, tmp_path):
    """B01 in a folder whose name GDAL accepts; half of it is nodata, which the driver does not declare."""
    from qgis.core import QgsRasterLayer

    source = SAFE / T31TDH.stem
    layer = QgsRasterLayer(f"SENTINEL2_L1C:{source}/MTD_MSIL1C.xml:60m:EPSG_32631", "60 m", "gdal")
    assert layer.isValid()
    assert layer.bandCount() == 3
    output = tmp_path / "points.gpkg"
    feedback = Feedback.make()
    shifted = tmp_path / "shifted.tif"
    image = gdal.Translate(str(shifted), str(next(source.rglob("*_B01.jp2"))), format="GTiff", noData=0)
    place = image.GetGeoTransform()
    image.SetGeoTransform((place[0] + 120, *place[1:3], place[3] + 60, *place[4:]))
    image.GetRasterBand(1).SetDescription("B01")
    image.FlushCache()
    del image
    results = qgis_here.run(
        "sentinelmatch:matchrasters",
        {
            "REFERENCE": layer,
            "TARGET": str(shifted),
            "EXTENT": "440000,470000,4720000,4750000 [EPSG:32631]",
            "TRANSFORM": "shift",
            "TIE_POINTS": str(output),
        },
        feedback=feedback,
    )
    assert results["STATUS"] == "ok", results["MESSAGES"]
    assert results["SHIFT_X"] == pytest.approx(120, abs=3)
    assert "B09, B10 are not among its files and count as nodata" in results["MESSAGES"]


def test_every_real_product_gives_a_layer_or_a_sentence(qgis_here):
    from sentinel_match_plugin.engine.errors import InputError
    from sentinel_match_plugin.processing.products import product_layer

    with_images = {T29UNU.name: 5, T31TDH.stem: 1, T31TDH.name: 1}
    for path in sorted(SAFE.iterdir()):
        if path.name in with_images:
            assert product_layer(str(path)).bandCount() == with_images[path.name]
        else:
            with pytest.raises(InputError, match="holds only metadata: none of the"):
                product_layer(str(path))


def test_two_forms_of_one_product_are_the_same_raster(qgis_here):
    from sentinel_match_plugin.processing.layers import file_of, is_same_source
    from sentinel_match_plugin.processing.products import product_layer

    folder, metadata = product_layer(str(T29UNU)), product_layer(str(T29UNU / "MTD_MSIL2A.xml"))
    assert is_same_source(folder, metadata)
    assert not is_same_source(folder, product_layer(str(T31TDH)))
    assert (file_of(folder), file_of(metadata)) == (str(T29UNU), str(T29UNU / "MTD_MSIL2A.xml"))


def test_what_is_no_product_is_left_to_qgis(qgis_here, pair):
    from sentinel_match_plugin.processing.products import product_layer

    assert [product_layer(value) for value in (pair.reference, "", None, "a layer", str(SAFE.parent))] == [None] * 5


def check(qgis_here, **parameters):
    from qgis.core import QgsApplication, QgsProcessingContext

    algorithm = QgsApplication.processingRegistry().createAlgorithmById("sentinelmatch:preparesentinel2")
    return algorithm.checkParameterValues(
        {key: str(value) for key, value in parameters.items()}, QgsProcessingContext()
    )


def test_parameters_that_make_no_sense_are_refused_with_a_sentence(qgis_here, tmp_path):
    good = {"PRODUCT": T31TDH, "OUTPUT": tmp_path / "out.tif"}
    assert check(qgis_here, **good) == (True, "")
    for change, sentence in (
        ({"PRODUCT": ""}, "No Sentinel-2 product was given as PRODUCT"),
        ({"PRODUCT": tmp_path / "none.SAFE"}, "there is no file or folder"),
        ({"PRODUCT": tmp_path}, "holds no Sentinel-2 product"),
        ({"BANDS": "B02"}, "BANDS: S2A_MSIL1C_20180101T105441_N0206_R051_T31TDH_20180101T124911 has no B02"),
        ({"BANDS": "NDVI"}, "BANDS: “NDVI” is no band of Sentinel-2"),
        ({"NORMALISE": "bright"}, "“bright” is not one of none, reflectance, threshold, percentile"),
        ({"RESOLUTION": "-5"}, "RESOLUTION: -5 is out of range"),
        ({"CLOUD_PROBABILITY": "200"}, "CLOUD_PROBABILITY: 200 is out of range"),
        ({"EXTENT": "0,0,0,0"}, "EXTENT: the extent"),
        ({"OUTPUT": T31TDH}, "is also an input"),
        ({"OUTPUT": tmp_path / "out.jp2"}, "written as GeoTIFF"),
    ):
        fine, said = check(qgis_here, **{**good, **change})
        assert not fine
        assert sentence in said


def test_a_damaged_product_given_as_a_raster_says_so(qgis_here, tmp_path, pair):
    from qgis.core import QgsApplication, QgsProcessingContext

    product = tmp_path / f"{T31TDH.stem}.SAFE"
    shutil.copytree(SAFE / T31TDH.stem, product)
    image = next(product.rglob("*_B01.jp2"))
    image.chmod(0o644)
    image.write_bytes(image.read_bytes()[:50])
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("sentinelmatch:matchrasters")
    parameters = {"REFERENCE": str(product), "TARGET": pair.target}
    fine, said = algorithm.checkParameterValues(parameters, QgsProcessingContext())
    assert not fine
    assert "REFERENCE: The images of S2A_MSIL1C_20180101" in said
