"""An engine of tiny packages, installed from a folder of wheels: an installation in seconds, without a network."""

from __future__ import annotations

import base64
import hashlib
import shutil
import zipfile
from pathlib import Path

from sentinel_match_plugin.runtime.packages import Packages


def wheel(folder: Path, name: str, version: str, files: dict[str, str] | None = None) -> Path:
    """A wheel with one module that knows its version, or with ``files``."""
    files = dict(files or {f"{name}.py": f"__version__ = {version!r}\n"})
    info = f"{name}-{version}.dist-info"
    files[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    files[f"{info}/WHEEL"] = "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    record = []
    for path, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        record.append(f"{path},sha256={digest},{len(text.encode())}\n")
    files[f"{info}/RECORD"] = "".join(record) + f"{info}/RECORD,,\n"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for inside, text in files.items():
            archive.writestr(inside, text)
    return path


class TinyEngine:
    """``packages`` are ``tiny`` (locked with its hash) and ``torch`` (of the CPU build's name), in ``wheels``."""

    def __init__(self, folder: Path):
        self.folder, self.wheels = folder, folder / "wheels"
        (folder / "locked").mkdir(parents=True)
        self.packages = Packages(folder / "requirements.txt", folder / "locked", {"tiny": "tiny", "torch": "torch"})
        self.ask_for("1.0")

    def ask_for(self, version: str, files: dict[str, str] | None = None) -> None:
        """From now on the plugin asks for this version of tiny, which the folder of wheels has."""
        made = wheel(self.wheels, "tiny", version, files)
        wheel(self.wheels, "torch", "2.0+cpu")
        wheel(self.wheels, "torch", "2.0+cu130")
        (self.folder / "requirements.txt").write_text(f"tiny=={version}\ntorch==2.0\n")
        self.lock("packages", "tiny", version, made)
        # Named without a wheel in the folder: pip stays as the Python brings it along.
        self.lock("pip", "pip", "99.0", made)
        self.lock("torch", "torch", "2.0+cu130", self.wheels / "torch-2.0+cu130-py3-none-any.whl")

    def lock(self, file: str, name: str, version: str, of: Path) -> None:
        """Write a lock with the hash of a wheel."""
        digest = hashlib.sha256(of.read_bytes()).hexdigest()
        text = f"# download, Linux x86_64: 10 MB\n{name}=={version} --hash=sha256:{digest}\n"
        (self.folder / "locked" / f"{file}.txt").write_text(text)


def tiny_plugin(folder: Path) -> TinyEngine:
    """A copy of the plugin in ``folder / "plugins"`` that asks for the tiny engine; put it on QGIS_PLUGINPATH."""
    source = Path(__file__).resolve().parents[2] / "sentinel_match_plugin"
    copy = folder / "plugins" / "sentinel_match_plugin"
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__", "*.safetensors"))
    tiny = TinyEngine(folder / "tiny")
    shutil.copy(tiny.folder / "requirements.txt", copy / "engine" / "requirements.txt")
    for lock in (tiny.folder / "locked").iterdir():
        shutil.copy(lock, copy / "engine" / "locked" / lock.name)
    packages = copy / "runtime" / "packages.py"
    text = packages.read_text(encoding="utf-8")
    begin, end = text.index("MODULES = {"), text.index("# Optional packages")
    packages.write_text(text[:begin] + 'MODULES = {"tiny": "tiny", "torch": "torch"}\n' + text[end:], encoding="utf-8")
    return tiny
