"""Metadata are read as if a stranger had written them."""

from __future__ import annotations

import pytest

from sentinel_match_plugin.engine.errors import InputError
from sentinel_match_plugin.engine.sentinel2.markup import MAX_DEPTH, parse
from sentinel_match_plugin.engine.sentinel2.metadata import parse_product, parse_tile
from tests.engine.sentinel2.made_product import product_xml, tile_xml

BOMB = """<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><b>&c;</b>"""
EXTERNAL = '<!DOCTYPE b [<!ENTITY x SYSTEM "file:///etc/passwd">]><b>&x;</b>'
REMOTE = '<!DOCTYPE b SYSTEM "http://localhost:9/evil.dtd"><b/>'
PARAMETER = '<!DOCTYPE b [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]><b/>'


@pytest.mark.parametrize("text", [BOMB, EXTERNAL, REMOTE, PARAMETER], ids=["bomb", "external", "remote", "parameter"])
def test_document_types_are_refused_before_anything_of_them_is_expanded(text):
    with pytest.raises(InputError, match="declares a document type"):
        parse(text.encode(), "MTD_MSIL2A.xml")


@pytest.mark.parametrize(
    "text", ["", "<a>", "<a></b>", "<a>&unknown;</a>", '<?xml version="1.0" encoding="nope"?><a/>']
)
def test_what_is_no_xml_says_so(text):
    with pytest.raises(InputError, match=r"MTD_MSIL2A\.xml is not proper XML"):
        parse(text.encode(), "MTD_MSIL2A.xml")


def test_depth_is_bounded():
    assert parse(b"<a>" * MAX_DEPTH + b"</a>" * MAX_DEPTH, "x").name == "a"
    with pytest.raises(InputError, match="nested deeper"):
        parse(b"<a>" * (MAX_DEPTH + 1) + b"</a>" * (MAX_DEPTH + 1), "x")


def test_names_are_found_in_the_order_of_the_document_whatever_their_case_and_namespace():
    root = parse(b'<n:A xmlns:n="u"><B x="1">1</B><c><n:b>2</n:b></c><b>3</b></n:A>', "x")
    assert [element.text for element in root.all("B")] == ["1", "2", "3"]
    assert root.first("b").attributes == {"x": "1"}
    assert root.value("none") == ""


def test_the_metadata_of_something_else_are_refused():
    with pytest.raises(InputError, match="not the metadata of a Sentinel-2 product"):
        parse_product(b"<Level-1B_User_Product/>", "x")
    with pytest.raises(InputError, match="does not say where the tile lies"):
        parse_tile(b"<Tile/>", "x")
    with pytest.raises(InputError, match="does not say where the tile lies"):
        parse_tile(tile_xml("L2A").replace("<ULX>600000", "<ULX>far away").encode(), "x")


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "ten", "", "0", "-10000"])
def test_a_quantification_value_that_is_none_is_refused(number):
    xml = product_xml("L2A", "04.00", "a", (), -1000, 10000).replace(">10000<", f">{number}<")
    with pytest.raises(InputError, match=r"QUANTIFICATION_VALUE|quantification value"):
        parse_product(xml.encode(), "x")


def test_an_offset_of_a_band_that_does_not_exist_is_refused():
    xml = product_xml("L1C", "04.00", "a", (), -1000, 10000).replace('band_id="12"', 'band_id="13"')
    with pytest.raises(InputError, match="radiometric offset of a band 13"):
        parse_product(xml.encode(), "x")


def test_offsets_wavelengths_and_quantification_are_those_of_the_band():
    xml = product_xml("L1C", "04.00", "a", (), -1000, 20000).replace('band_id="8">-1000', 'band_id="8">-1500')
    metadata = parse_product(xml.encode(), "x")
    assert metadata.offsets["B8A"] == -1500
    assert metadata.offsets["B12"] == -1000
    assert metadata.wavelengths["B8A"].central_nm == 628
    assert metadata.quantification == 20000
    assert parse_product(product_xml("L2A", "02.14", "a", (), None, 10000).encode(), "x").offsets == {}
