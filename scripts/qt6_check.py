"""``qt6_check.py [PACKAGE]``: is the QGIS side of the plugin written so that Qt 5 and Qt 6 both run it?

Needs a Python that has qgis: each name is looked up in the QGIS that is here, so that no list of enumerations has to be
kept. Told are

- enumerations without their scope (``Qt.AlignLeft`` for ``Qt.AlignmentFlag.AlignLeft``), which PyQt6 does not know,
- what this QGIS does not have (with 3.22, the oldest: what is too new to be used),
- imports past ``qgis.PyQt``, and of what Qt 6 dropped or moved; ``exec_`` and ``print_``,
- ``QVariant`` outside of the one helper that must know it.

What a name is bound to while the program runs is not followed: a member of an instance is not seen.
"""

from __future__ import annotations

import ast
import enum
import importlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "sentinel_match_plugin"
ROOMS = ("plugin.py", "processing", "gui")  # the only ones that may import QGIS
# Qt 6 moved these without leaving anything behind; QAction, QActionGroup and QShortcut are left by qgis.PyQt.QtWidgets.
MOVED = {
    "QtWidgets": {"QUndoCommand", "QUndoGroup", "QUndoStack", "QFileSystemModel"},
    "QtSvg": {"QSvgWidget", "QGraphicsSvgItem"},
}
GONE = {"QRegExp", "QRegExpValidator", "QDesktopWidget", "QTextCodec", "QStringRef", "QGLWidget", "qApp", "QMatrix"}
GONE_MODULES = {"QtWebKit", "QtWebKitWidgets", "QtScript", "QtX11Extras", "QtXmlPatterns"}
BINDINGS = ("PyQt4", "PyQt5", "PyQt6", "PySide2", "PySide6", "sip")
# The one place that must know what fields were made of before QGIS 3.38.
VARIANT_HELPERS = {"processing/sinks.py"}
MISSING = object()


class Checker(ast.NodeVisitor):
    """The findings of one module: ``(line, sentence)``."""

    def __init__(self, place, namespace):
        self.place, self.namespace = place, namespace
        self.local: dict = {}
        self.classes: list = []
        self.found: list[tuple[int, str]] = []

    def tell(self, node, sentence):
        self.found.append((node.lineno, sentence))

    def visit_Import(self, node):
        for alias in node.names:
            if alias.name.split(".")[0] in BINDINGS:
                self.tell(node, f"import {alias.name}: use qgis.PyQt")

    def visit_ImportFrom(self, node):
        module = node.module or ""
        names = {alias.name for alias in node.names}
        last = module.rpartition(".")[2]
        if node.level == 0 and module.split(".")[0] in BINDINGS:
            self.tell(node, f"from {module}: use qgis.PyQt")
        if module.startswith("qgis.PyQt"):
            for name in sorted(names & (GONE | MOVED.get(last, set()))):
                self.tell(node, f"{name}: Qt 6 has no such class in {last}")
            if last in GONE_MODULES or names & GONE_MODULES:
                self.tell(node, f"{module}: Qt 6 has no such module")
            if "QVariant" in names and self.place not in VARIANT_HELPERS:
                self.tell(node, "QVariant: in Qt 6 a value is a Python value, and a type is of QMetaType")
        if module.split(".")[0] == "qgis":  # inside of functions these are not in the module's namespace
            for alias in node.names:
                self.local[alias.asname or alias.name] = getattr(importlib.import_module(module), alias.name, MISSING)

    def visit_ClassDef(self, node):
        self.classes.append(self.namespace.get(node.name, MISSING))
        self.generic_visit(node)
        self.classes.pop()

    def visit_Attribute(self, node):
        if node.attr in ("exec_", "print_"):
            self.tell(node, f"{node.attr}: Qt 6 has {node.attr[:-1]} alone")
        owner = self.resolve(node.value)
        if isinstance(owner, type):
            value = getattr(owner, node.attr, MISSING)
            if value is MISSING:
                if _is_of_qgis(owner):
                    self.tell(node, f"{owner.__name__}.{node.attr}: this QGIS does not have it")
            elif _is_unscoped(owner, value):
                scope = type(value).__name__
                self.tell(node, f"{owner.__name__}.{node.attr}: write {owner.__name__}.{scope}.{node.attr}")
        self.generic_visit(node)

    def resolve(self, node):
        """What ``node`` is, as far as the names of the module and the attributes of classes tell."""
        if isinstance(node, ast.Name):
            if node.id == "self":
                return self.classes[-1] if self.classes else MISSING
            return self.local.get(node.id, self.namespace.get(node.id, MISSING))
        if isinstance(node, ast.Attribute):
            owner = self.resolve(node.value)
            return getattr(owner, node.attr, MISSING) if isinstance(owner, type) else MISSING
        return MISSING


def _is_of_qgis(owner):
    """A class of Qt or QGIS itself: of ours, instances have more than their class shows."""
    return getattr(owner, "__module__", "").split(".")[0] in ("PyQt5", "PyQt6", "qgis")


def _is_unscoped(owner, value):
    """``value``, an attribute of ``owner``, belongs to an enumeration that is an attribute of ``owner`` too."""
    kind = type(value)
    return kind is not int and isinstance(value, (int, enum.Enum)) and getattr(owner, kind.__name__, None) is kind


def check(path: Path, place: str, module) -> list[str]:
    """The findings in a file whose imported ``module`` is given, as ``place:line: sentence``."""
    checker = Checker(place, vars(module))
    checker.visit(ast.parse(path.read_text("utf-8")))
    return [f"{place}:{line}: {sentence}" for line, sentence in sorted(set(checker.found))]


def check_package(package: Path = PACKAGE) -> list[str]:
    """The findings in all of the plugin that may import QGIS."""
    sys.path[:0] = [str(package.parent), "/usr/share/qgis/python/plugins"]
    found = []
    for path in sorted(path for room in ROOMS for path in [package / room, *(package / room).rglob("*.py")]):
        if path.suffix == ".py":
            parts = path.relative_to(package.parent).with_suffix("").parts
            module = importlib.import_module(".".join(parts).removesuffix(".__init__"))
            found += check(path, path.relative_to(package).as_posix(), module)
    return found


def main() -> int:
    """The command line; 1 if anything is found."""
    package = Path(sys.argv[1]) if len(sys.argv) > 1 else PACKAGE
    found = check_package(package.resolve())
    sys.stdout.write("".join(f"{line}\n" for line in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
