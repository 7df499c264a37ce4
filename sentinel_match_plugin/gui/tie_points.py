"""A layer of tie points as the Match viewer sees it: pairs as arrays, edits through QGIS's own edit session.

Every edit is an edit command of the layer, so it can be undone, here and in the main window; nothing is in the file
before ``save``, and what could not be saved is still in the layer.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass

import numpy as np
from qgis.core import NULL, QgsGeometry, QgsPointXY, QgsVectorLayer, QgsVectorLayerUtils, QgsWkbTypes
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..processing import points, provenance
from ..processing.texts import tr

INLIER, OUTLIER, UNSAID = 1, 0, -1
# A person's word: the engine takes a point without a score for as sure.
SCORE_BY_HAND = 1.0


class EditError(Exception):
    """An edit or a save that did not work; the text says why and what happened to the edits."""


def is_tie_point_layer(layer) -> bool:
    """Whether ``layer`` holds points that say where another raster shows them."""
    if not isinstance(layer, QgsVectorLayer) or not layer.isValid():
        return False
    names = {field.name().lower() for field in layer.fields()}
    return layer.geometryType() == QgsWkbTypes.GeometryType.PointGeometry and {"tgt_x", "tgt_y"} <= names


@dataclass(frozen=True)
class Pairs:
    """The pairs of a layer, one row each: ``fid`` of the feature, ``number`` (field id), ``reference`` ``(N, 2)`` in
    the layer's CRS, ``target`` ``(N, 2)`` as the fields say; ``score``, ``residual`` nan where there is none;
    ``inlier`` INLIER, OUTLIER or UNSAID.
    """

    fid: np.ndarray
    number: np.ndarray
    reference: np.ndarray
    target: np.ndarray
    score: np.ndarray
    residual: np.ndarray
    inlier: np.ndarray

    def __len__(self):
        return len(self.fid)


def read_pairs(layer) -> Pairs:
    """All points of ``layer`` with both places, edits that are not saved included."""
    names = {field.name().lower(): field.name() for field in layer.fields()}
    fids, rows, inliers = [], [], []
    for feature in layer.getFeatures():
        place = points.single_point(feature)
        target = [points.number_of(points.attribute(feature, names, name)) for name in ("tgt_x", "tgt_y")]
        if place is None or None in target:
            continue
        numbers = [points.number_of(points.attribute(feature, names, name)) for name in ("id", "score", "residual")]
        inlier = points.attribute(feature, names, "inlier")
        fids.append(feature.id())
        rows.append([place.x(), place.y(), *target, *(np.nan if value is None else value for value in numbers)])
        inliers.append(UNSAID if inlier is None else INLIER if points.is_true(inlier) else OUTLIER)
    table = np.array(rows, float).reshape(-1, 7)
    return Pairs(
        fid=np.array(fids, np.int64),
        number=table[:, 4],
        reference=table[:, :2],
        target=table[:, 2:4],
        score=table[:, 5],
        residual=table[:, 6],
        inlier=np.array(inliers, np.int8),
    )


class TiePoints(QObject):
    """The pairs of ``layer``, kept up to date whoever edits it.

    ``changed`` comes after the event loop had its turn, once for many edits; ``gone`` when the layer leaves.
    """

    changed = pyqtSignal()
    gone = pyqtSignal()

    def __init__(self, layer, parent=None):
        super().__init__(parent)
        self.layer = layer
        self.pairs = read_pairs(layer)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.read)
        for signal in self._signals():
            signal.connect(self._stale)
        layer.willBeDeleted.connect(self._gone)

    def _signals(self):
        layer = self.layer
        changes = (layer.featureAdded, layer.featuresDeleted, layer.attributeValueChanged, layer.geometryChanged)
        return (*changes, layer.afterRollBack, layer.afterCommitChanges, layer.editingStarted, layer.dataChanged)

    def _stale(self, *_):
        self._soon.start()

    def _gone(self):
        self._soon.stop()
        self.layer = None
        self.gone.emit()

    def close(self):
        """Listen no longer."""
        self._soon.stop()
        if self.layer is not None:
            for signal in self._signals():
                signal.disconnect(self._stale)
            self.layer.willBeDeleted.disconnect(self._gone)
            self.layer = None

    def read(self):
        """Take the pairs from the layer again."""
        if self.layer is not None:
            self.pairs = read_pairs(self.layer)
            self.changed.emit()

    # -- edits ---------------------------------------------------------------------------------------------------------

    @property
    def unsaved(self) -> bool:
        """Whether there is something to save."""
        return self.layer is not None and self.layer.isEditable() and self.layer.isModified()

    def add(self, reference, target, displacement):
        """Add a pair set by hand: places as the layer keeps them, ``displacement`` ``(dx, dy)`` or None if unknown.

        It has no residual: nothing was fitted to it yet.
        """
        dx, dy = displacement if displacement is not None else (None, None)
        number = self.pairs.number
        values = {
            "id": int(np.nanmax(number)) + 1 if np.isfinite(number).any() else 1,
            "ref_x": reference[0],
            "ref_y": reference[1],
            "tgt_x": target[0],
            "tgt_y": target[1],
            "dx": dx,
            "dy": dy,
            "score": SCORE_BY_HAND,
            "inlier": True,
        }
        with self._command(tr("Add a tie point by hand")):
            fields = self.layer.fields()
            attributes = {
                index: _as_kept(fields.at(index), values.get(fields.at(index).name().lower()))
                for index in range(fields.count())
                if fields.at(index).name().lower() in values
            }
            place = QgsGeometry.fromPointXY(QgsPointXY(*reference))
            if QgsWkbTypes.isMultiType(self.layer.wkbType()):
                place.convertToMultiType()
            feature = QgsVectorLayerUtils.createFeature(self.layer, place, attributes)
            if not self.layer.addFeature(feature):
                raise EditError(tr("The pair could not be added to {layer}.").format(layer=self.layer.name()))
        return feature.id()

    def delete(self, fids):
        """Delete the points ``fids``."""
        with self._command(tr("Delete {count} tie points").format(count=len(fids))):
            if not self.layer.deleteFeatures([int(fid) for fid in fids]):
                raise EditError(tr("The points could not be deleted from {layer}.").format(layer=self.layer.name()))

    def set_inlier(self, fids, inlier):
        """Say that the points ``fids`` are to be used, or not."""
        index = next((i for i, f in enumerate(self.layer.fields()) if f.name().lower() == "inlier"), -1)
        if index < 0:
            raise EditError(tr("{layer} has no field inlier.").format(layer=self.layer.name()))
        value = _as_kept(self.layer.fields().at(index), inlier)
        text = tr("Use {count} tie points") if inlier else tr("Do not use {count} tie points")
        with self._command(text.format(count=len(fids))):
            for fid in fids:
                if not self.layer.changeAttributeValue(int(fid), index, value):
                    raise EditError(tr("{layer} could not be changed.").format(layer=self.layer.name()))

    def _command(self, text):
        return _Command(self.layer, text)

    def save(self):
        """Write the edits into the layer's file, which ends the edit session; the next edit starts another.

        Raises EditError; what could not be written is still in the layer, and its session goes on. Returns what went
        wrong with the history, which is no reason to fail, or "".
        """
        layer = self.layer
        counts = _counts(layer)
        spare = _spare_copies(layer)
        if not layer.commitChanges():
            reasons = "; ".join(line.strip() for line in layer.commitErrors() if line.strip())
            kept = tr(" The file as it was: {files}.").format(files=", ".join(spare.values())) if spare else ""
            raise EditError(
                tr(
                    "{layer} could not be saved: {reasons}. Your edits are not lost: they are still in the layer, and "
                    "can be saved again or copied to another file (Export > Save Features As).{kept}"
                ).format(layer=layer.name(), reasons=reasons or "?", kept=kept)
            )
        for copy in spare.values():
            os.remove(copy)
        try:
            _remember(layer, counts)
        except OSError as error:
            return tr("The layer's history could not be written: {error}.").format(error=error)
        finally:
            self.read()
        return ""

    def discard(self):
        """Go back to what is in the file; this ends the edit session."""
        self.layer.rollBack()
        self.read()


class _Command:
    """An edit that is undone as one, and not there at all if it fails."""

    def __init__(self, layer, text):
        self._layer, self._text = layer, text

    def __enter__(self):
        layer = self._layer
        if not layer.supportsEditing():
            raise EditError(
                tr(
                    "{layer} cannot be edited where it is ({source}): save it as GeoPackage first (Export > Save "
                    "Features As), and open that."
                ).format(layer=layer.name(), source=layer.publicSource())
            )
        if not layer.isEditable() and not layer.startEditing():
            raise EditError(tr("{layer} cannot be edited now.").format(layer=layer.name()))
        layer.beginEditCommand(self._text)

    def __exit__(self, kind, *_):
        if kind is None:
            self._layer.endEditCommand()
        else:
            self._layer.destroyEditCommand()
        self._layer.triggerRepaint()


def _as_kept(field, value):
    """``value`` as ``field`` keeps it: formats without booleans have numbers or text for them."""
    if value is None:
        return NULL
    if not isinstance(value, bool):
        return value
    if "bool" in field.typeName().lower():
        return value
    return int(value) if field.isNumeric() else ("true" if value else "false")


def _counts(layer):
    """How many points the edits add, delete, change."""
    buffer = layer.editBuffer()
    if buffer is None:
        return 0, 0, 0
    added, changed = buffer.addedFeatures(), set(buffer.changedAttributeValues()) | set(buffer.changedGeometries())
    return len(added), len(buffer.deletedFeatureIds()), len(changed - set(added))


def _spare_copies(layer):
    """Copies of the layer's files, where the format is written anew at every save, so that a full disk loses nothing.

    File -> copy. A GeoPackage has transactions, a memory layer no file.
    """
    path = layer.source().split("|")[0]
    if layer.providerType() != "ogr" or not os.path.isfile(path) or path.lower().endswith((".gpkg", ".sqlite")):
        return {}
    stem, ending = os.path.splitext(path)
    files = [stem + e for e in (".shp", ".shx", ".dbf")] if ending.lower() == ".shp" else [path]
    copies = {file: f"{file}.before" for file in files if os.path.isfile(file)}
    try:
        for file, copy in copies.items():
            shutil.copy2(file, copy)
    except OSError as error:
        for copy in copies.values():
            if os.path.exists(copy):
                os.remove(copy)
        raise EditError(
            tr("{layer} was not saved: there is no room for a safety copy beside it ({reason}).").format(
                layer=layer.name(), reason=error.strerror or error
            )
        ) from error
    return copies


def _remember(layer, counts):
    """The edits, as one more entry of the layer's history."""
    if not any(counts):
        return
    metadata = provenance.metadata_of(layer)
    texts = (tr("{count} points added"), tr("{count} points deleted"), tr("{count} points changed"))
    edits = ", ".join(text.format(count=count) for text, count in zip(texts, counts) if count)
    entry = tr("{time}: edited in the Match viewer: {edits}.").format(time=provenance.now(), edits=edits)
    metadata.addHistoryItem(entry)
    layer.setMetadata(metadata)
    if layer.providerType() == "ogr":
        try:
            provenance.keep_in_file(layer.source(), "ogr", metadata, replace=True)
        finally:
            # Another connection has written into the GeoPackage: those that QGIS has open would find nothing in it any
            # more ("unable to open database file"). While a session goes on it must not be done at all.
            layer.dataProvider().reloadData()
            layer.triggerRepaint()
