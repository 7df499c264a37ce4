"""The text of a GDAL virtual raster (VRT): images of a product as the bands of one raster, without copying a pixel."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass, field

from affine import Affine

GDAL_TYPES = {
    "uint8": "Byte",
    "int8": "Int8",
    "uint16": "UInt16",
    "int16": "Int16",
    "uint32": "UInt32",
    "int32": "Int32",
    "float32": "Float32",
    "float64": "Float64",
}
COLOURS = {"B04": "Red", "B03": "Green", "B02": "Blue"}


@dataclass(frozen=True)
class VirtualBand:
    """A band: ``path`` of the file it comes from ("" for none: all of it is nodata) and the band's number there."""

    name: str
    path: str
    number: int
    dtype: str
    nodata: float | None
    colour: str = "Undefined"
    block: tuple[int, int] = (128, 128)
    tags: dict[str, str] = field(default_factory=dict)


def virtual_raster(
    bands: Sequence[VirtualBand], width: int, height: int, transform: Affine, crs_wkt: str, tags: dict[str, str]
) -> str:
    """The VRT of bands that all have ``width`` x ``height`` pixels and lie at ``transform`` in ``crs_wkt``."""
    t = transform
    lines = [
        f'<VRTDataset rasterXSize="{width}" rasterYSize="{height}">',
        f"<SRS>{html.escape(crs_wkt)}</SRS>",
        f"<GeoTransform>{t.c!r}, {t.a!r}, {t.b!r}, {t.f!r}, {t.d!r}, {t.e!r}</GeoTransform>",
        _metadata(tags),
    ]
    for index, band in enumerate(bands, 1):
        # The blocks of the file: strips are read by whole blocks.
        rows, columns = band.block
        lines.append(
            f'<VRTRasterBand dataType="{GDAL_TYPES[band.dtype]}" band="{index}" '
            f'blockXSize="{columns}" blockYSize="{rows}">'
        )
        lines += [f"<Description>{html.escape(band.name)}</Description>", _metadata(band.tags)]
        if band.nodata is not None:
            lines.append(f"<NoDataValue>{band.nodata!r}</NoDataValue>")
        lines.append(f"<ColorInterp>{band.colour}</ColorInterp>")
        if band.path:
            lines.append(
                f'<SimpleSource><SourceFilename relativeToVRT="0">{html.escape(band.path)}</SourceFilename>'
                f"<SourceBand>{band.number}</SourceBand></SimpleSource>"
            )
        lines.append("</VRTRasterBand>")
    return "\n".join([*lines, "</VRTDataset>"])


def _metadata(tags: dict[str, str]) -> str:
    items = "".join(f'<MDI key="{html.escape(key)}">{html.escape(value)}</MDI>' for key, value in tags.items() if value)
    return f"<Metadata>{items}</Metadata>"
