"""Where a result came from, in QGIS's own layer metadata: abstract, links to the inputs, parameters, history.

It goes into the file (GeoPackage) or beside it (``.qmd``, as QGIS itself does it), so that it is there again in any
project, and the Match viewer finds the rasters of a layer of tie points.
"""

from __future__ import annotations

import ast
import os
import shlex
from dataclasses import dataclass, field
from datetime import datetime, timezone

from qgis.core import (
    Qgis,
    QgsAbstractMetadataBase,
    QgsLayerMetadata,
    QgsProcessingParameterRasterLayer,
    QgsProviderRegistry,
)
from qgis.PyQt.QtXml import QDomDocument

from ..engine import __version__
from .layers import crs_text, source_of
from .texts import tr

PRODUCT_NAME = "Sentinel Match"
# Names of links. Not translated: the Match viewer looks for them.
REFERENCE, TARGET, TIE_POINTS, REPORT = "reference", "target", "tie points", "report"
PRODUCT, RASTER = "product", "raster"
# Vocabulary of the keyword that says in which CRS tgt_x and tgt_y are; NO_CRS where they are pixel and line.
TARGET_CRS, NO_CRS = "CRS of tgt_x, tgt_y", "none: pixel, line"


@dataclass
class Origin:
    """Inputs and parameters of one run, taken in the main thread, and what it found, added later.

    ``links`` are ``(name, title, source, provider)``; ``history`` sentences, oldest first; ``target_crs`` as
    ``crs_text`` writes it, None where it means nothing.
    """

    links: list = field(default_factory=list)
    history: list = field(default_factory=list)
    target_crs: str | None = None

    def metadata(self, title, abstract, crs=None) -> QgsLayerMetadata:
        """As QGIS keeps it."""
        made = QgsLayerMetadata()
        made.setTitle(title)
        made.setAbstract(abstract)
        made.setType("dataset")
        made.addKeywords("software", [PRODUCT_NAME])
        for name, label, source, provider in self.links:
            link = QgsAbstractMetadataBase.Link(name, "FILE" if provider in ("gdal", "ogr", "") else "WWW:LINK", source)
            link.description, link.format = label, provider
            made.addLink(link)
        if self.target_crs is not None:
            made.addKeywords(TARGET_CRS, [self.target_crs or NO_CRS])
        made.setHistory(self.history)
        if crs is not None and crs.isValid():
            made.setCrs(crs)
        return made

    def add(self, sentence):
        """One more entry of the history, with the time."""
        self.history.append(f"{now()}: {sentence}")


def origin_of(algorithm, parameters, context) -> Origin:
    """What ran, with every parameter that is not left empty, defaults included. Main thread only."""
    origin = Origin()
    origin.add(f"{PRODUCT_NAME} {__version__}, QGIS {Qgis.QGIS_VERSION}: {command(algorithm, parameters, context)}")
    return origin


def raster_link(name, source):
    """A link to a raster; ``source`` is a ``layers.RasterSource``."""
    return name, f"{source.name}, {crs_text(source.crs) or NO_CRS}", source.public_source, source.provider_key


def now() -> str:
    """The time in UTC, to the second."""
    return datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M:%S UTC")


def command(algorithm, parameters, context) -> str:
    """The inputs of a run as a command that repeats it. Main thread only."""
    words = [f"qgis_process run {algorithm.id()} --"]
    for definition in algorithm.parameterDefinitions():
        value = parameters.get(definition.name(), definition.defaultValue())
        if definition.isDestination() or value in (None, ""):
            continue
        layer = None
        if isinstance(definition, QgsProcessingParameterRasterLayer):
            layer = algorithm.parameterAsRasterLayer(parameters, definition.name(), context)
        if layer is not None and layer.isValid():
            text = source_of(layer)[0]  # without passwords
        else:
            text = _plain(definition.valueAsPythonString(value, context))
        words.append(f"{definition.name()}={shlex.quote(text)}")
    return " ".join(words)


def _plain(text):
    """A value that QGIS wrote as Python, as the command line takes it."""
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text
    return value if isinstance(value, str) else text


# -- into the file -----------------------------------------------------------------------------------------------------


def keep(destination, provider, metadata, context, feedback):
    """Write ``metadata`` into the result ``destination`` of ``provider`` (ogr, gdal), or beside it. Any thread.

    A result is not worth less without: what goes wrong is said and nothing more.
    """
    layer = context.temporaryLayerStore().mapLayer(destination)
    if layer is not None:
        layer.setMetadata(metadata)
        return
    try:
        keep_in_file(destination, provider, metadata)
    except OSError as error:
        feedback.pushInfo(
            tr("Where {path} came from could not be written beside it: {error}").format(path=destination, error=error)
        )


def keep_in_file(source, provider, metadata, replace=False):
    """Write ``metadata`` into or beside the file of ``source``. Raises OSError.

    A file beside it that others wrote is left alone, unless ``metadata`` were made from it: ``replace``.
    """
    path = source.split("|")[0]
    if not os.path.isfile(path):
        return  # a table of a database: what is there belongs to others too
    if provider != "ogr" or not path.lower().endswith(".gpkg"):
        _write_beside(path, metadata, replace)
        return
    table = source.partition("|layername=")[2].split("|")[0] or os.path.splitext(os.path.basename(path))[0]
    try:
        done, reason = QgsProviderRegistry.instance().saveLayerMetadata(provider, f"{path}|layername={table}", metadata)
    except Exception as error:  # QgsException is a bare Exception
        raise OSError(str(error)) from error
    if not done:
        raise OSError(reason)


def _write_beside(path, metadata, replace):
    """The file that QGIS looks for."""
    beside = os.path.splitext(path)[0] + ".qmd"
    if os.path.exists(beside) and not replace:
        with open(beside, encoding="utf-8", errors="replace") as file:
            if PRODUCT_NAME not in file.read():
                raise OSError(tr("{file} is there and of another making").format(file=beside))
    document = QDomDocument("qgis")
    root = document.createElement("qgis")
    root.setAttribute("version", Qgis.QGIS_VERSION)
    document.appendChild(root)
    metadata.writeMetadataXml(root, document)
    with open(f"{beside}.part", "w", encoding="utf-8") as file:
        file.write(document.toString(2))
    os.replace(f"{beside}.part", beside)


# -- and back ----------------------------------------------------------------------------------------------------------


def metadata_of(layer) -> QgsLayerMetadata:
    """The metadata of a layer; where QGIS has not read the file beside it yet, from there."""
    if not layer.metadata().links() and not layer.metadata().history():
        layer.loadDefaultMetadata()
    return layer.metadata()


def link_of(metadata, name):
    """The link ``name``, None if there is none."""
    return next((link for link in metadata.links() if link.name == name), None)


def target_crs_of(metadata):
    """The CRS of ``tgt_x``, ``tgt_y`` as text, "" for pixel and line, None where it was not written down."""
    words = metadata.keywords(TARGET_CRS)
    return None if not words else "" if words[0] == NO_CRS else words[0]
