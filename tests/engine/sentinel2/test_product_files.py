"""A product is found in every form in which people have it, and what is missing or odd is said."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from sentinel_match_plugin.engine.errors import InputError
from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.imagery.rasters import open_raster
from sentinel_match_plugin.engine.jobs import PrepareSentinel2Job
from sentinel_match_plugin.engine.sentinel2.band_names import parse_bands
from sentinel_match_plugin.engine.sentinel2.prepare import prepare
from sentinel_match_plugin.engine.sentinel2.product import is_product, open_product
from tests.engine.sentinel2.made_product import TILE, make_product, plain, product_xml, tile_xml, write_image, zipped

TEN_M = {("B04", 10): plain(10), ("B08", 10): plain(10, 4000)}


def in_every_form(tmp_path):
    root = make_product(tmp_path, TEN_M, listed=(("B03", 10),))
    bare = tmp_path / "unpacked by hand"
    shutil.copytree(root, bare)
    outer = tmp_path / "outer"
    shutil.copytree(root, outer / root.name)
    zip_bare, zip_safe = zipped(root, tmp_path / "bare.zip"), zipped(root, tmp_path / "whole.ZIP", root.name)
    granule = next((root / "GRANULE").iterdir())
    return {
        "folder": root,
        "folder with a slash": f"{root}/",
        "folder without the ending": bare,
        "folder around it": outer,
        "metadata": root / "MTD_MSIL2A.xml",
        "tile metadata": granule / "MTD_TL.xml",
        "zip without a root": zip_bare,
        "zip": zip_safe,
        "in a zip": f"/vsizip/{zip_bare}/MTD_MSIL2A.xml",
        "in a zip, below its root": f"/vsizip/{zip_safe}/{root.name}/MTD_MSIL2A.xml",
    }


def test_every_form_is_the_same_product(tmp_path):
    for form, path in in_every_form(tmp_path).items():
        assert is_product(str(path)), form
        product = open_product(str(path))
        assert product.name.startswith("S2A_MSIL2A_20220605T084601_N0400"), form
        assert set(product.images) == set(TEN_M), form
        assert product.listed == (("B04", 10), ("B08", 10), ("B03", 10)), form
        assert product.sensing_time == "2022-06-05T08:52:13.5Z", form
        assert product.notes == (), form


def test_a_folder_a_zip_and_a_file_of_something_else_are_no_products(tmp_path):
    (tmp_path / "MTD.xml").write_text("<a/>")
    (tmp_path / "other").mkdir()
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as file:
        file.writestr("readme.txt", "hello")
    for name in ("MTD.xml", "other", "other.zip", "nowhere.SAFE", "nowhere/x.tif"):
        assert not is_product(str(tmp_path / name)), name
    for name, sentence in (
        ("other", "no Sentinel-2 product"),
        ("other.zip", "no Sentinel-2 product"),
        ("x", "no file"),
    ):
        with pytest.raises(InputError, match=sentence):
            open_product(str(tmp_path / name))


def test_oddly_cased_metadata_and_names_without_a_baseline_are_read(tmp_path):
    root = make_product(tmp_path, TEN_M, name=f"S2A_MSIL2A_20220605T084601_R064_{TILE}.SAFE", mtd="MTD_MSIL2a.xml")
    for path in (root, root / "MTD_MSIL2a.xml"):
        assert open_product(str(path)).metadata.baseline == "04.00"


def test_stray_copies_are_left_alone_and_named(tmp_path):
    root = make_product(tmp_path, TEN_M)
    granule = next((root / "GRANULE").iterdir())
    shutil.copy(granule / "MTD_TL.xml", root)
    (root / granule.name).mkdir()
    shutil.copy(granule / "MTD_TL.xml", root / granule.name)
    (root / "MTD_MSIL2A_1.xml").write_text("not XML")
    image = next(granule.rglob("*B04*"))
    shutil.copy(image, granule / "IMG_DATA" / image.name)
    (root / "._MTD_MSIL2A.xml").write_bytes(b"\0macOS")
    product = open_product(str(root))
    said = " ".join(product.notes)
    assert product.images["B04", 10].name == image.relative_to(root).as_posix()
    assert said.count("stray copy of the tile's metadata") == 2
    assert "MTD_MSIL2A_1.xml is a second metadata file" in said
    assert "is a second B04 at 10 m" in said


def test_converted_images_and_those_moved_to_another_folder_are_found(tmp_path):
    root = make_product(tmp_path, {}, listed=(("B04", 10), ("B08", 10)))
    write_image(root / f"elsewhere/{TILE}_20220605T084601_B04_10m.tif", plain(10), 10)
    granule = next((root / "GRANULE").iterdir())
    write_image(granule / f"IMG_DATA/{TILE}_b08_10m.TIF", plain(10), 10)
    assert set(open_product(str(root)).images) == {("B04", 10), ("B08", 10)}


def test_metadata_that_lead_out_of_the_product_are_refused(tmp_path):
    images = ("../../secret_B04_10m", "/etc/B04_10m", "GRANULE\\..\\..\\x_B04_10m", "C:/x_B04_10m")
    for number, image in enumerate(images):
        root = make_product(tmp_path / str(number), {})
        xml = product_xml("L2A", "04.00", "a.SAFE", (image,), -1000, 10000)
        (root / "MTD_MSIL2A.xml").write_text(xml)
        with pytest.raises(InputError, match="outside of the product"):
            open_product(str(root))


def test_an_image_that_is_something_else_is_not_opened(tmp_path):
    """GDAL goes by the content: a virtual raster called .jp2 could read any file or address."""
    secret = tmp_path / "secret.tif"
    write_image(secret, plain(10), 10)
    root = make_product(tmp_path, TEN_M)
    next(root.rglob("*_B04_10m.jp2")).write_text(
        '<VRTDataset rasterXSize="120" rasterYSize="120"><VRTRasterBand dataType="UInt16" band="1"><SimpleSource>'
        f"<SourceFilename>{secret}</SourceFilename></SimpleSource></VRTRasterBand></VRTDataset>"
    )
    job = PrepareSentinel2Job(str(root), str(tmp_path / "out.tif"), "B04")
    for use in (lambda: open_raster(str(root)), lambda: prepare(job, Events())):
        with pytest.raises(InputError, match=r"B04_10m\.jp2 of .* cannot be opened"):
            use()


def test_members_of_a_zip_that_lead_out_of_it_are_not_seen(tmp_path):
    root = make_product(tmp_path, TEN_M)
    target = zipped(root, tmp_path / "a.zip")
    with zipfile.ZipFile(target, "a") as file:
        file.writestr("../MTD_MSIL2A.xml", "<a/>")
        file.writestr("/IMG_DATA/T36UUA_20220605T084601_B02_10m.jp2", "x")
    product = open_product(str(target))
    assert set(product.images) == set(TEN_M)
    assert not any(name.startswith(("..", "/")) for name in product.files.names)


def test_a_zip_that_is_cut_off_says_so(tmp_path):
    whole = zipped(make_product(tmp_path, TEN_M), tmp_path / "a.zip").read_bytes()
    (tmp_path / "b.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match=r"b\.zip is not a zip file that can be read"):
        open_product(str(tmp_path / "b.zip"))


def test_metadata_that_pretend_to_be_small_are_not_read_whole(tmp_path, monkeypatch):
    from sentinel_match_plugin.engine.sentinel2 import container

    monkeypatch.setattr(container, "MAX_METADATA_BYTES", 1000)
    root = make_product(tmp_path, TEN_M)
    for path in (root, zipped(root, tmp_path / "a.zip")):
        with pytest.raises(InputError, match="larger than the metadata of any product"):
            open_product(str(path))


def test_a_zip_of_two_products_names_them(tmp_path):
    root = make_product(tmp_path, TEN_M)
    target = zipped(root, tmp_path / "a.zip", "one.SAFE")
    with zipfile.ZipFile(target, "a") as file:
        file.write(root / "MTD_MSIL2A.xml", "two.SAFE/MTD_MSIL2A.xml")
    with pytest.raises(InputError, match=r"2 products \(one.SAFE, two.SAFE\)"):
        open_product(str(target))
    assert open_product(f"/vsizip/{target}/one.SAFE/MTD_MSIL2A.xml").images


def test_a_product_of_several_tiles_asks_which(tmp_path):
    root = tmp_path / "S2A_OPER_PRD_MSIL1C.SAFE"
    lists = ""
    for tile in ("T32TQR", "T32TPR"):
        granule = f"S2A_OPER_MSI_L1C_TL_EPA__20160605T113933_A000734_{tile}_N02.02"
        stem = f"S2A_OPER_MSI_L1C_TL_EPA__20160605T113933_A000734_{tile}_B04"
        write_image(root / "GRANULE" / granule / "IMG_DATA" / f"{stem}.jp2", plain(10), 10)
        mtd = root / "GRANULE" / granule / f"S2A_OPER_MTD_L1C_TL_EPA__20160605T113933_A000734_{tile}.xml"
        mtd.write_text(tile_xml("L1C"))
        lists += f'<Granules granuleIdentifier="{granule}"><IMAGE_ID>{stem}</IMAGE_ID></Granules>'
    xml = product_xml("L1C", "02.02", "old.SAFE", (), None, 10000)
    start, end = xml.index("<Granule_List>"), xml.index("</Granule_List>")
    xml = xml[:start] + "<Granule_List>" + lists + xml[end:]
    (root / "S2A_OPER_MTD_SAFL1C_PDMC_20160605T113933.xml").write_text(xml)
    with pytest.raises(InputError, match=r"holds 2 tiles \(32TQR, 32TPR\)"):
        open_product(str(root))
    product = open_product(str(mtd))
    assert list(product.images) == [("B04", 10)]
    assert "T32TPR" in product.images["B04", 10].name


def test_only_metadata_are_said_with_what_is_missing(tmp_path):
    product = open_product(str(make_product(tmp_path, {}, listed=(("B04", 10), ("B11", 20)))))
    with pytest.raises(InputError, match=r"only metadata: none of the 2 images .* \(B04 at 10 m; B11 at 20 m\)"):
        product.bands(["auto"])


def test_missing_bands_are_named_with_what_there_is(tmp_path):
    product = open_product(str(make_product(tmp_path, {**TEN_M, ("SCL", 20): plain(20) % 12}, listed=(("B03", 10),))))
    with pytest.raises(InputError, match=r"has no B03 and no B10 .* It has 10 m: B04, B08; 20 m: SCL\. B10 is a band"):
        product.bands(parse_bands("B03,B10"))


def test_bands_are_understood_however_they_are_written():
    assert parse_bands("") == ["auto"]
    assert parse_bands("rgb, b8;8A + b04 SCL") == ["B04", "B03", "B02", "B08", "B8A", "SCL"]
    assert parse_bands("10m B1") == ["B02", "B03", "B04", "B08", "B01"]
    for word in ("B13", "B00", "NDVI", "B4A", "CLD"):
        with pytest.raises(InputError, match=f"“{word}” is no band of Sentinel-2"):
            parse_bands(word)


def test_the_finest_bands_that_show_the_ground_are_taken(tmp_path):
    images = {("AOT", 10): plain(10), ("SCL", 20): plain(20), ("B05", 20): plain(20), ("B04", 60): plain(60)}
    product = open_product(str(make_product(tmp_path, {**images, ("B8A", 60): plain(60), ("B01", 60): plain(60)})))
    assert [(image.band, image.metres) for image in product.finest()] == [("B04", 60), ("B8A", 60), ("B01", 60)]


def test_an_image_of_just_the_wanted_size_is_preferred_to_a_finer_one(tmp_path):
    product = open_product(str(make_product(tmp_path, {("B04", m): plain(m) for m in (10, 20, 60)})))
    found = [product.image("B04", m).metres for m in (0, 10, 15, 20, 40, 60, 120, 5)]
    assert found == [10, 10, 10, 20, 20, 60, 60, 10]


def test_qgis_reads_metadata_without_the_engines_libraries():
    """Its Python may have another numpy and has no rasterio."""
    program = (
        "import sys; import sentinel_match_plugin.engine.sentinel2.product; "
        "sys.exit(any(name in sys.modules for name in ('numpy', 'rasterio', 'torch')))"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parents[3], check=False).returncode == 0
