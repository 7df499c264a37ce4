"""Small Sentinel-2 products with known pixels, laid out as ESA lays them out, for every baseline and level."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine

ORIGIN = (600000.0, 5500020.0)
CRS = "EPSG:32636"
SIDE_M = 1200  # a tile of 120 pixels of 10 m
BANDS = ("B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B09", "B10", "B11", "B12")
TILE = "T36UUA"
TIME = "20220605T084601"


def transform(metres: float) -> Affine:
    return Affine(metres, 0, ORIGIN[0], 0, -metres, ORIGIN[1])


def plain(metres: int, value: int = 2000) -> np.ndarray:
    """A ramp in x and y, so that every pixel is known by its number."""
    side = SIDE_M // metres
    y, x = np.mgrid[:side, :side]
    return (value + 3 * x + 500 * y // side).astype(np.uint16)


def make_product(
    folder: Path,
    images: dict[tuple[str, int], np.ndarray],
    level: str = "L2A",
    baseline: str = "04.00",
    offset: float | None = -1000,
    quantification: float = 10000,
    name: str = "",
    listed: tuple[tuple[str, int], ...] = (),
    masks: dict[str, np.ndarray | str] | None = None,
    mtd: str = "",
) -> Path:
    """The .SAFE folder. ``listed``: images that the metadata name besides; ``masks``: files of QI_DATA by name."""
    name = name or f"S2A_MSI{level}_{TIME}_N{baseline.replace('.', '')}_R064_{TILE}_20220605T101010.SAFE"
    root = folder / name
    granule = f"GRANULE/{level}_{TILE}_A036307_{TIME}"
    (root / granule / "IMG_DATA").mkdir(parents=True)
    (root / granule / "QI_DATA").mkdir()
    stems = {key: f"{granule}/IMG_DATA/{_stem(level, *key)}" for key in (*images, *listed)}
    for key, array in images.items():
        write_image(root / f"{stems[key]}.jp2", array, key[1])
    for file, mask in (masks or {}).items():
        target = root / granule / "QI_DATA" / file
        if isinstance(mask, str):
            target.write_text(mask)
        else:
            write_image(target, mask, SIDE_M // mask.shape[-1])
    uri = f"S2A_MSI{level}_{TIME}_N{baseline.replace('.', '')}_R064_{TILE}_20220605T101010.SAFE"
    text = product_xml(level, baseline, uri, tuple(stems.values()), offset, quantification)
    (root / (mtd or f"MTD_MSI{level}.xml")).write_text(text)
    (root / granule / "MTD_TL.xml").write_text(tile_xml(level))
    return root


def _stem(level: str, band: str, metres: int) -> str:
    return f"R{metres}m/{TILE}_{TIME}_{band}_{metres}m" if level == "L2A" else f"{TILE}_{TIME}_{band}"


def write_image(path: Path, array: np.ndarray, metres: float) -> None:
    """A lossless JPEG 2000 (or, by its ending, GeoTIFF) on the tile's grid."""
    path.parent.mkdir(parents=True, exist_ok=True)
    array = array[None] if array.ndim == 2 else array
    options = {"driver": "JP2OpenJPEG", "QUALITY": "100", "REVERSIBLE": "YES"} if path.suffix == ".jp2" else {}
    with rasterio.open(
        path,
        "w",
        **{"driver": "GTiff", **options},
        width=array.shape[2],
        height=array.shape[1],
        count=len(array),
        dtype=array.dtype.name,
        crs=CRS,
        transform=transform(metres),
    ) as file:
        file.write(array)


def product_xml(
    level: str,
    baseline: str,
    uri: str,
    images: tuple[str, ...],
    offset: float | None,
    quantification: float,
) -> str:
    files = "".join(f"<IMAGE_FILE>{image}</IMAGE_FILE>" for image in images)
    kind = "RADIO" if level == "L1C" else "BOA"
    offsets = (
        ""
        if offset is None
        else "".join(f'<{kind}_ADD_OFFSET band_id="{index}">{offset:g}</{kind}_ADD_OFFSET>' for index in range(13))
    )
    scale = "QUANTIFICATION_VALUE" if level == "L1C" else "BOA_QUANTIFICATION_VALUE"
    waves = "".join(
        f'<Spectral_Information bandId="{index}" physicalBand="{band.replace("B0", "B")}"><Wavelength>'
        f"<MIN>{600 + index}</MIN><MAX>{640 + index}</MAX><CENTRAL>{620 + index}</CENTRAL></Wavelength>"
        "</Spectral_Information>"
        for index, band in enumerate(BANDS)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><n1:Level-{level[1:]}_User_Product xmlns:n1="https://psd"><n1:General_Info>'
        f"<Product_Info><PRODUCT_START_TIME>2022-06-05T08:46:01.024Z</PRODUCT_START_TIME><PRODUCT_URI>{uri}</PRODUCT_URI>"
        f"<PROCESSING_BASELINE>{baseline}</PROCESSING_BASELINE><SPACECRAFT_NAME>Sentinel-2A</SPACECRAFT_NAME>"
        f'<Granule_List><Granule granuleIdentifier="S2A_OPER_MSI_{level}_TL_ATOS_20220605_A036307_{TILE}_N04.00">'
        f"{files}</Granule></Granule_List></Product_Info><Special_Values><SPECIAL_VALUE_TEXT>NODATA</SPECIAL_VALUE_TEXT>"
        f"<SPECIAL_VALUE_INDEX>0</SPECIAL_VALUE_INDEX></Special_Values><{scale}>{quantification:g}</{scale}>"
        f"<Offsets>{offsets}</Offsets>{waves}</n1:General_Info></n1:Level-{level[1:]}_User_Product>"
    )


def tile_xml(level: str) -> str:
    sizes = "".join(
        f'<Size resolution="{m}"><NROWS>{SIDE_M // m}</NROWS><NCOLS>{SIDE_M // m}</NCOLS></Size>' for m in (10, 20, 60)
    )
    return (
        f'<n1:Level-{level[1:]}_Tile_ID xmlns:n1="https://psd"><TILE_ID>S2A_TL_{TILE}</TILE_ID>'
        f"<SENSING_TIME>2022-06-05T08:52:13.5Z</SENSING_TIME><HORIZONTAL_CS_CODE>{CRS}</HORIZONTAL_CS_CODE>{sizes}"
        f'<Geoposition resolution="10"><ULX>{ORIGIN[0]:g}</ULX><ULY>{ORIGIN[1]:.0f}</ULY></Geoposition>'
        f"</n1:Level-{level[1:]}_Tile_ID>"
    )


def zipped(root: Path, target: Path, top: str = "") -> Path:
    """The product as a zip, its files below ``top`` ("" for none)."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted(root.rglob("*")):
            if path.is_file():
                name = path.relative_to(root).as_posix()
                file.write(path, f"{top}/{name}" if top else name)
    return target
