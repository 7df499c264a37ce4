"""A line below the two rasters of a dialog: do they overlap, at which pixel size are they compared, is that enough?"""

from __future__ import annotations

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QLabel, QSizePolicy

from ..engine.errors import SentinelMatchError
from ..processing import checks
from ..processing.pair_facts import pair_facts, usual_max_shift
from ..processing.parameters import MAX_SHIFT_DEFAULT

_STYLE = "QLabel {{ padding: 4px 8px; border-left: 4px solid rgb({colour}); background: rgba({colour}, 30); }}"
_FINE, _TROUBLE = "46, 139, 87", "204, 51, 51"
SOON_MS = 150  # several widgets change at once when a layer does


class PairLine(QLabel):
    """Shows what ``pair_facts`` says and, as long as nobody chose them, sets what follows from the layers: another
    layer as the target than as the reference, and a largest displacement that suits the pixel size.
    """

    def __init__(self, panel):
        super().__init__()
        self._panel, self._kept, self._suggested = panel, set(), MAX_SHIFT_DEFAULT
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        target = panel.wrappers["TARGET"].wrappedWidget()
        layout = target.parentWidget().layout()
        layout.insertWidget(layout.indexOf(target) + 1, self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.refresh)
        for name in ("REFERENCE", "TARGET", "REFERENCE_BAND", "TARGET_BAND", "MAX_SHIFT"):
            if name in panel.wrappers:
                panel.wrappers[name].widgetValueHasChanged.connect(lambda *_: self._timer.start(SOON_MS))
        self._choose_layers()
        self.refresh()

    def keep(self, parameters):
        """What is among ``parameters`` was chosen by somebody."""
        self._kept |= set(parameters)

    def refresh(self):
        """Look at the layers again."""
        self.setVisible(False)
        values = {name: wrapper.parameterValue() for name, wrapper in self._pair()}
        try:
            reference, target = (self._layer(values, name) for name in ("REFERENCE", "TARGET"))
        except SentinelMatchError:  # said when Run is pressed
            return
        if reference is None or target is None:
            return
        bands = (values.get("REFERENCE_BAND"), values.get("TARGET_BAND"))
        two_bands = None not in bands and bands[0] != bands[1]
        context = self._panel.processing_context
        facts = pair_facts(reference, target, context, self._max_shift(), two_bands)
        if facts.pixel_m and self._suggest(usual_max_shift(facts.pixel_m)):
            facts = pair_facts(reference, target, context, self._max_shift(), two_bands)
        self.setText(facts.sentence)
        self.setStyleSheet(_STYLE.format(colour=_TROUBLE if facts.trouble else _FINE))
        self.setVisible(True)

    def _pair(self):
        names = ("REFERENCE", "TARGET", "REFERENCE_BAND", "TARGET_BAND")
        return [(name, self._panel.wrappers[name]) for name in names if name in self._panel.wrappers]

    def _layer(self, values, name):
        algorithm, context = self._panel.algorithm(), self._panel.processing_context
        return checks.raster_layer(algorithm, values, name, context, optional=True)

    def _max_shift(self):
        value = self._panel.wrappers["MAX_SHIFT"].parameterValue() if "MAX_SHIFT" in self._panel.wrappers else None
        return float(value) if isinstance(value, (int, float)) else MAX_SHIFT_DEFAULT

    def _suggest(self, metres):
        """Set the largest displacement, unless somebody did; whether it was set."""
        if "MAX_SHIFT" not in self._panel.wrappers or "MAX_SHIFT" in self._kept:
            return False
        if self._max_shift() != self._suggested or metres == self._suggested:
            return False
        self._suggested = metres
        self._panel.wrappers["MAX_SHIFT"].setParameterValue(metres, self._panel.processing_context)
        return True

    def _choose_layers(self):
        """QGIS offers the active layer for both. It is taken as the one to be moved; the reference is another one."""
        wrappers, context = self._panel.wrappers, self._panel.processing_context
        given = [wrappers[name].parameterValue() for name in ("REFERENCE", "TARGET")]
        if None in given or "" in given or given[0] != given[1]:
            return
        root = QgsProject.instance().layerTreeRoot()
        rasters = [layer for layer in root.layerOrder() if isinstance(layer, QgsRasterLayer) and layer.isValid()]
        target = next((layer for layer in rasters if given[1] in (layer.id(), layer.name(), layer.source())), None)
        others = [layer for layer in rasters if layer is not target]
        if target is None or not others:
            return
        fitting = (layer for layer in others if not pair_facts(layer, target, context).trouble)
        wrappers["REFERENCE"].setParameterValue(next(fitting, others[0]).id(), context)
