"""The part of the options page that says which environment is used and how it is made."""

from __future__ import annotations

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ..processing import settings
from ..processing.texts import tr
from ..runtime import locate, packages, pythons, state
from ..runtime.order import Order
from . import engine_setup


class BuildChoice(QGroupBox):
    """``changed``: something was chosen; what is chosen is told by ``order`` and ``own_python``."""

    changed = pyqtSignal()

    def __init__(self, setup, parent=None):
        super().__init__(tr("Which Python environment"), parent)
        self._setup = setup
        self._found = []
        self._card = None
        column = QVBoxLayout(self)
        self.made = QRadioButton(tr("Made and kept by the plugin"))
        self.own = QRadioButton(tr("One of my own; nothing is installed into it"))
        self._sides = QButtonGroup(self)
        for button in (self.made, self.own):
            self._sides.addButton(button)
        self.made_side, self.own_side = self._made_side(), self._own_side()
        for widget in (self.made, self.made_side, self.own, self.own_side):
            column.addWidget(widget)
        (self.own if settings.engine_python() else self.made).setChecked(True)
        self._sides.buttonClicked.connect(lambda *_: self._show())
        setup.surveyed.connect(self._show_pythons)
        setup.began.connect(self._began)  # a method: a lambda would outlive the page, and the setup does
        setup.ended.connect(self._look_again)
        self._show()
        setup.look_for_pythons()

    def order(self):
        """What is to be installed (runtime/order.py)."""
        return Order(
            torch="cuda" if self.cuda.isChecked() else "cpu",
            base_python=self.python.currentData() or "",
            wheels=self.wheels.filePath().strip(),
            proxy=settings.proxy(),
            extras=("hub",) if self.extras.isChecked() else (),
        )

    def own_python(self):
        """The Python of the user's own environment; empty where the plugin's is used."""
        return self.own_path.filePath().strip() if self.own.isChecked() else ""

    def keep(self):
        """Write the settings."""
        settings.keep(settings.ENGINE_PYTHON, self.own_python())
        settings.keep(settings.WHEEL_FOLDER, self.wheels.filePath().strip())
        settings.keep(settings.BASE_PYTHON, self.python.currentData() or "")

    # -- the two sides -------------------------------------------------------------------------------------------------

    def _made_side(self):
        side = QWidget()
        form = QFormLayout(side)
        form.setContentsMargins(24, 0, 0, 6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)  # the options dialog may be narrow
        folder = _note()
        folder.setText(str(locate.default_folder()))
        form.addRow(tr("Folder"), folder)
        self.python = QComboBox()
        self.python.addItem(tr("Looking for Pythons…"), settings.base_python())
        self.python.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.python.setMinimumContentsLength(20)
        self.other = QPushButton(tr("Another…"))
        self.other.setToolTip(tr("Name a Python 3.11 to 3.14 (64 bit) that was not found."))
        self.other.clicked.connect(self._name_python)
        self.uv = QPushButton(tr("Fetch one with uv"))
        self.uv.setToolTip(
            tr("Lets uv, which is on this computer, fetch Python 3.12 (some 30 MB) into the plugin's cache folder.")
        )
        self.uv.clicked.connect(lambda *_: self._setup.start(engine_setup.FETCH_PYTHON, self.order()))
        self.uv.setVisible(bool(pythons.uv_program()))
        row = QHBoxLayout()
        row.addWidget(self.python, 1)
        row.addWidget(self.other)
        row.addWidget(self.uv)
        form.addRow(tr("Made with"), row)
        self.python_note = _note()
        form.addRow(self.python_note)
        self.cpu, self.cuda = QRadioButton(), QRadioButton()
        builds = QButtonGroup(self)
        for button in (self.cpu, self.cuda):
            builds.addButton(button)
            button.toggled.connect(lambda *_: self.changed.emit())
        build = QVBoxLayout()
        build.addWidget(self.cpu)
        build.addWidget(self.cuda)
        self.card_note = _note()
        build.addWidget(self.card_note)
        form.addRow(tr("Computes on"), build)
        made = state.state().made
        (self.cuda if made is not None and made.torch == "cuda" else self.cpu).setChecked(True)
        self.extras = QCheckBox(tr("the library transformers"))
        self.extras.setToolTip(
            tr("For SuperPoint, SuperGlue and EfficientLoFTR; the default matcher does not need it.")
        )
        has_it = made is not None and "hub" in made.extras
        self.extras.setChecked(has_it)
        self.extras.setEnabled(not has_it)
        self.extras.toggled.connect(lambda *_: self.changed.emit())
        form.addRow(tr("Also"), self.extras)
        self.wheels = QgsFileWidget()
        self.wheels.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.wheels.setFilePath(settings.wheel_folder())
        self.wheels.lineEdit().setPlaceholderText(tr("empty: packages are fetched from the network"))
        self.wheels.setToolTip(
            tr(
                "To install without a connection: a folder of packages (*.whl), filled on another computer. The help "
                "of the algorithm “Engine: check, install, repair” says how."
            )
        )
        form.addRow(tr("Folder of wheels"), self.wheels)
        proxy = settings.proxy()
        note = _note()
        note.setText(
            tr("The proxy of Settings > Options > Network is used: {host}").format(host=proxy.rpartition("@")[2])
            if proxy
            else tr("The system's proxy is used; one of QGIS's own is set under Settings > Options > Network.")
        )
        form.addRow(note)
        return side

    def _own_side(self):
        side = QWidget()
        form = QFormLayout(side)
        form.setContentsMargins(24, 0, 0, 6)
        self.own_path = QgsFileWidget()
        self.own_path.setStorageMode(QgsFileWidget.StorageMode.GetFile)
        self.own_path.setFilePath(settings.engine_python())
        self.own_path.setToolTip(
            tr("The Python of an environment (or its folder) with the packages of engine/requirements.txt.")
        )
        self.own_path.fileChanged.connect(lambda *_: self.changed.emit())
        form.addRow(tr("Its Python"), self.own_path)
        return side

    def _began(self, what):
        self._show()

    def _show(self):
        own = self.own.isChecked()
        self.own_side.setVisible(own)
        self.made_side.setVisible(not own)
        self.uv.setEnabled(not self._setup.busy)
        self.changed.emit()

    # -- what the search found -----------------------------------------------------------------------------------------

    def _look_again(self, what, problem):
        self._show()
        if what == engine_setup.FETCH_PYTHON and not problem:
            self._setup.look_for_pythons()

    def _show_pythons(self, found, card):
        self._found, self._card = found, card
        fit = [one for one in found if not one.problem]
        chosen = self.python.currentData() or settings.base_python()
        self.python.clear()
        if fit:
            self.python.addItem(tr("The best one: {python}").format(python=fit[0]), "")
        for one in fit:
            self.python.addItem(str(one), one.path)
        self._choose_python(chosen)
        refused = [f"{one.path}: {one.problem}" for one in found if one.problem]
        if fit:
            text = ""
        else:
            from ..runtime.base_python import HOW_TO_GET_PYTHON

            text = tr("No fitting Python was found.") + " " + HOW_TO_GET_PYTHON
        self.python_note.setText(text)
        self.python_note.setVisible(bool(text))
        self.python.setToolTip("\n".join([tr("Not taken:"), *refused]) if refused else "")
        self._show_builds(fit[0].system if fit else None)
        self.changed.emit()

    def _show_builds(self, system):
        if system is None:
            self.cpu.setText(tr("CPU"))
            self.cuda.setText(tr("CUDA, for NVIDIA cards"))
            return
        self.cpu.setText(tr("Apple GPU and CPU") if system.name == "Darwin" else tr("CPU, works on every computer"))
        self.cuda.setText(tr("CUDA, for NVIDIA cards"))
        for button, torch in ((self.cpu, "cpu"), (self.cuda, "cuda")):
            mb = packages.ENGINE.download_mb(torch, system)
            size = tr("about {size} to fetch").format(size=packages.gigabytes(mb)) if mb else tr("some GB to fetch")
            button.setText(f"{button.text()} ({size})")
        self.cuda.setVisible(packages.has_cuda(system))
        card = self._card
        if not packages.has_cuda(system):
            text = ""
        elif card is None:
            text = tr("No driver for NVIDIA cards was found on this computer.")
        elif card.problem:
            text = tr("Found: {card}, but {problem}.").format(card=card, problem=card.problem)
        else:
            text = tr("Found: {card}. The CUDA build can use it.").format(card=card)
        self.card_note.setText(text)
        self.card_note.setVisible(bool(text))

    def _name_python(self):
        from qgis.PyQt.QtWidgets import QFileDialog

        path, _ = QFileDialog.getOpenFileName(self, tr("A Python 3.11 to 3.14 (64 bit)"))
        if path:
            self._choose_python(path)
            self.changed.emit()

    def _choose_python(self, path):
        if not path:
            return
        if self.python.findData(path) < 0:
            self.python.addItem(path, path)
        self.python.setCurrentIndex(self.python.findData(path))


def _note():
    label = QLabel()
    label.setWordWrap(True)
    font = label.font()
    font.setPointSizeF(0.9 * font.pointSizeF())
    label.setFont(font)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
