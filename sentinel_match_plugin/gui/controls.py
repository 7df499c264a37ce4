"""The Match viewer's rows of controls: what to show, what to do, what the colours mean."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsMapLayerProxyModel
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAction, QComboBox, QDoubleSpinBox, QHBoxLayout, QLabel, QSizePolicy, QToolBar, QWidget

from ..processing.symbols import OUTLIER_COLOUR, RESIDUAL_COLOURS, RESIDUAL_LIMITS, UNMEASURED_COLOUR
from ..processing.texts import tr

ALL, INLIERS, OUTLIERS = "all", "inliers", "outliers"


def layer_box(kind, tip):
    """A box of the project's layers of a kind (a ``QgsMapLayerProxyModel.Filter`` name), or none."""
    box = QgsMapLayerComboBox()
    box.setFilters(getattr(QgsMapLayerProxyModel.Filter, kind))
    box.setAllowEmptyLayer(True)
    box.setToolTip(tip)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    box.setMinimumContentsLength(12)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box


def row(*widgets):
    """Widgets and ``(widget, stretch)`` side by side."""
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(4, 0, 4, 0)
    for widget in widgets:
        if isinstance(widget, tuple):
            layout.addWidget(widget[0], widget[1])
        else:
            layout.addWidget(widget)
    return holder


class Filter(QWidget):
    """Which points are shown. ``changed`` is a function that is called when that changes."""

    def __init__(self, changed):
        super().__init__()
        self.score = _number(1.0, 0.05, 2, tr("Only points at least as sure as this (0: all)"))
        self.residual = _number(1000.0, 0.25, 2, tr("Only points at least as near to the fitted model as this"))
        self.residual.setSpecialValueText(tr("any"))
        self.residual.setSuffix(tr(" px"))
        self.kind = QComboBox()
        for text, kind in ((tr("all points"), ALL), (tr("inliers"), INLIERS), (tr("outliers"), OUTLIERS)):
            self.kind.addItem(text, kind)
        self.count = QLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 4, 0)
        for widget in (
            QLabel(tr("Show")),
            self.kind,
            QLabel(tr("score from")),
            self.score,
            QLabel(tr("residual up to")),
            self.residual,
            self.count,
        ):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.score.valueChanged.connect(changed)
        self.residual.valueChanged.connect(changed)
        self.kind.currentIndexChanged.connect(changed)

    def reset(self):
        """Show all."""
        self.score.setValue(0.0)
        self.residual.setValue(0.0)
        self.kind.setCurrentIndex(0)

    def passes(self, pairs, inlier_value, outlier_value):
        """Mask ``(N,)`` of the pairs to show. What was never measured cannot fail."""
        shown = ~(pairs.score < self.score.value())
        if self.residual.value() > 0:
            shown &= ~(pairs.residual > self.residual.value())
        kind = self.kind.currentData()
        if kind != ALL:
            shown &= (pairs.inlier == outlier_value) == (kind == OUTLIERS)
        return shown


def _number(most, step, decimals, tip):
    box = QDoubleSpinBox()
    box.setRange(0.0, most)
    box.setSingleStep(step)
    box.setDecimals(decimals)
    box.setToolTip(tip)
    box.setKeyboardTracking(False)
    return box


def legend():
    """Coloured dots with the limits of the residuals that they stand for."""
    label = QLabel(_legend_text())
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    label.setMinimumWidth(10)
    return label


def _legend_text():
    limits = [f"&lt; {limit:g}" for limit in RESIDUAL_LIMITS] + [f"&ge; {RESIDUAL_LIMITS[-1]:g} {tr('px')}"]
    parts = [
        f"<span style='color:{colour}'>&#11044;</span>&nbsp;{limit}" for colour, limit in zip(RESIDUAL_COLOURS, limits)
    ]
    parts.append(f"<span style='color:{UNMEASURED_COLOUR}'>&#11044;</span>&nbsp;{tr('by hand')}")
    parts.append(f"<b style='color:{OUTLIER_COLOUR}'>&#10005;</b>&nbsp;{tr('outlier')}")
    title = tr("Residual, the distance from the fitted model:")
    return f"{title} &nbsp;" + " &nbsp;".join(parts)


class Actions(QToolBar):
    """The tool bar. ``does`` maps the name of each action to what it calls."""

    def __init__(self, does):
        super().__init__()
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._does = does
        self._add(
            "link", "mActionLink.svg", "", tr("Linked: each canvas goes where the other one goes"), checkable=True
        )
        self._add("whole", "mActionZoomFullExtent.svg", "", tr("Show all points"))
        self._add("previous", "mActionArrowLeft.svg", "", tr("The point before it (PgUp)"))
        self._add("next", "mActionArrowRight.svg", "", tr("The next worse one: by residual, the worst first"))
        self.addSeparator()
        tip = tr("Set a pair by hand: click the same spot on both rasters, in any order (Esc ends)")
        self._add("add", "mActionCapturePoint.svg", tr("Add pair"), tip, checkable=True)
        self._add("delete", "mActionDeleteSelected.svg", tr("Delete"), tr("Delete the selected points (Del)"))
        tip = tr("Delete all points that the filter does not show")
        self._add("delete_hidden", "mActionFilter2.svg", tr("Delete hidden"), tip)
        tip = tr("Selected points: outliers are not used, inliers are; this turns one into the other")
        self._add("turn", "mActionSelectAll.svg", tr("Inlier / outlier"), tip)
        self.addSeparator()
        self._add("undo", "mActionUndo.svg", "", tr("Undo the last edit"))
        self._add("redo", "mActionRedo.svg", "", tr("Redo"))
        self._add("save", "mActionSaveEdits.svg", tr("Save"), tr("Save the edits into the layer"))
        self._add("discard", "mActionCancelEdits.svg", tr("Discard"), tr("Discard all edits since the last save"))

    def _add(self, name, icon, text, tip, checkable=False):
        action = QAction(QgsApplication.getThemeIcon(f"/{icon}"), text or tip.split(":")[0], self)
        action.setToolTip(tip)
        action.setCheckable(checkable)
        (action.toggled if checkable else action.triggered).connect(self._does[name])
        self.addAction(action)
        if not text:
            self.widgetForAction(action).setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        setattr(self, name, action)
