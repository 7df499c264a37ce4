"""``validate.py ZIP``: what plugins.qgis.org checks when the zip is uploaded, and whether Qt 6 will run it.

The rules are those of the site's validator and scanner (archive, metadata, bandit, detect-secrets, flake8, suspicious
files), as its published sources had them in 2026; they are a little stricter here: the site takes some of them for
advice. Beyond them: flake8-qgis' rules and ``qt6_check.py``. ``--publish`` also asks for addresses that exist. Run it
with the tests' Python of the engine; ``SYSTEM_PYTHON`` is the one that has qgis (/usr/bin/python3).
"""

from __future__ import annotations

import argparse
import configparser
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

SCRIPTS = Path(__file__).resolve().parent
MAX_BYTES = 25_000_000
REQUIRED = ("name", "description", "version", "qgisMinimumVersion", "author", "email", "about", "tracker", "repository")
ADDRESSES = ("homepage", "tracker", "repository")  # the site opens each
BOOLEAN = ("experimental", "deprecated", "server", "hasProcessingProvider")
FORBIDDEN_FOLDERS = {"__MACOSX", ".git", "__pycache__"}
SUSPICIOUS = (".pyc", ".exe", ".dll", ".so", ".dylib", ".bat", ".sh", ".ps1", ".cmd")
HIDDEN_ALLOWED = {".gitignore", ".gitattributes", ".bandit", ".secrets.baseline", ".flake8"}
# Names that RFC 2606 and 6761 keep from ever being anybody's.
NOBODYS = re.compile(r"(^|\.)(invalid|example|test|localhost|example\.(org|com|net))$")
# flake8-qgis: imports, exec_, and what Qt 6 changed. QGS105 (iface as an argument) is how QGIS itself calls a plugin.
QGIS_RULES = re.compile(r" QGS(10[123467]|4\d\d) ")


def check_archive(archive: zipfile.ZipFile) -> list[str]:
    """Size, names, one folder with what must be in it, nothing that runs by itself."""
    found = []
    names = archive.namelist()
    if os.path.getsize(archive.filename) > MAX_BYTES:
        found.append(f"the zip has more than {MAX_BYTES / 1e6:.0f} MB")
    if archive.testzip():
        found.append(f"{archive.testzip()} is damaged")
    folders = {name.split("/")[0] for name in names}
    if len(folders) != 1:
        found.append(f"there must be one folder, not {', '.join(sorted(folders))}")
    folder = min(folders)
    if not folder.isidentifier():
        found.append(f"{folder} is no name of a Python package")
    found += [
        f"{name} is missing" for name in ("__init__.py", "metadata.txt", "LICENSE") if f"{folder}/{name}" not in names
    ]
    for entry in archive.infolist():
        name, last = entry.filename, entry.filename.rpartition("/")[2]
        if ".." in name or name.startswith("/") or "\\" in name or re.match("[A-Za-z]:", name):
            found.append(f"{name}: not a path inside of the zip")
        if FORBIDDEN_FOLDERS & set(name.split("/")) or name.lower().endswith(SUSPICIOUS):
            found.append(f"{name}: the site refuses such files")
        if last.startswith(".") and last not in HIDDEN_ALLOWED:
            found.append(f"{name}: hidden")
        if entry.external_attr >> 16 & 0o111:
            found.append(f"{name}: may be executed")
    return found


def check_metadata(archive: zipfile.ZipFile, publish: bool) -> list[str]:
    """The keys that the site wants, and that they agree with what is in the zip."""
    folder = archive.namelist()[0].split("/")[0]
    parser = configparser.ConfigParser()
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    try:
        parser.read_string(archive.read(f"{folder}/metadata.txt").decode("utf-8"))
        metadata = dict(parser.items("general"))
    except (configparser.Error, UnicodeDecodeError, KeyError) as error:
        return [f"metadata.txt cannot be read: {error}"]
    found = [f"metadata.txt has no {key}" for key in REQUIRED if not metadata.get(key, "").strip()]
    found += [
        f"{key}={metadata[key]} is neither yes nor no"
        for key in BOOLEAN
        if metadata.get(key, "no").lower() not in ("true", "false", "yes", "no", "1", "0")
    ]
    if "/" in metadata.get("author", ""):
        found.append("the author must not have a slash")
    icon = f"{folder}/{metadata.get('icon', '').removeprefix('./')}"
    if icon not in archive.namelist():
        found.append(f"the icon {icon} is not in the zip")
    engine = archive.read(f"{folder}/engine/__init__.py").decode("utf-8")
    if f'__version__ = "{metadata.get("version")}"' not in engine:
        found.append("the versions of metadata.txt and of the engine differ")
    for key in ADDRESSES:
        address = urlsplit(metadata.get(key, ""))
        if not (address.scheme and address.netloc):
            found.append(f"{key}={metadata.get(key, '')} is no address")
        elif publish and NOBODYS.search(address.hostname or ""):
            found.append(f"{key}={metadata[key]} cannot be anybody's: put the real one into metadata.txt")
    if publish and NOBODYS.search(metadata.get("email", "").rpartition("@")[2]):
        found.append(f"email={metadata['email']} cannot be anybody's: put the real one into metadata.txt")
    return found


def _tool(folder: Path, *command: str) -> str:
    done = subprocess.run([sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or "No module named" in done.stderr:
        raise SystemExit(f"validate: {command[0]} failed: {done.stderr.strip()}")
    return done.stdout


def check_bandit(folder: Path) -> list[str]:
    """Of every severity."""
    said = json.loads(_tool(folder, "bandit", "-r", ".", "-f", "json", "--quiet"))
    return [f"{f['filename']}:{f['line_number']}: {f['test_id']} {f['issue_text']}" for f in said["results"]]


def check_secrets(folder: Path) -> list[str]:
    """What looks like a password, a key or a token, and is not marked as none (``pragma: allowlist secret``)."""
    command = ("scan", "--all-files", "--exclude-files", r"metadata\.txt", ".")
    said = json.loads(_tool(folder, "detect_secrets", *command))
    return [f"{name}:{one['line_number']}: {one['type']}" for name, all_of in said["results"].items() for one in all_of]


def check_flake8(folder: Path) -> list[str]:
    """All of flake8 as the site runs it, with the configuration that the plugin brings, and some of flake8-qgis."""
    configuration = ["--config", str(path)] if (path := next(folder.glob("*/.flake8"), None)) else []
    said = _tool(folder, "flake8", "--max-line-length=120", *configuration, ".").splitlines()
    return [line for line in said if " QGS" not in line or QGIS_RULES.search(line)]


def check_qt6(folder: Path) -> list[str]:
    """Names and enumerations, looked up in the QGIS that is here."""
    python = os.environ.get("SYSTEM_PYTHON", "/usr/bin/python3")
    package = next(path for path in folder.iterdir() if path.is_dir())
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [python, str(SCRIPTS / "qt6_check.py"), str(package)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode and not done.stdout:
        return [f"qt6_check.py failed: {done.stderr.strip().splitlines()[-1]}"]
    return done.stdout.splitlines()


def main() -> int:
    """The command line; 1 if anything is found."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("zip", type=Path)
    cli.add_argument("--publish", action="store_true", help="the addresses in metadata.txt must be real ones")
    options = cli.parse_args()
    with zipfile.ZipFile(options.zip) as archive, tempfile.TemporaryDirectory() as name:
        archive.extractall(name)
        checks: dict[str, Callable[[], list[str]]] = {
            "archive": lambda: check_archive(archive),
            "metadata": lambda: check_metadata(archive, options.publish),
            "bandit": lambda: check_bandit(Path(name)),
            "detect-secrets": lambda: check_secrets(Path(name)),
            "flake8": lambda: check_flake8(Path(name)),
            "Qt 6": lambda: check_qt6(Path(name)),
        }
        failed = False
        for title, check in checks.items():
            found = check()
            failed = failed or bool(found)
            sys.stdout.write(f"{title:<16}{f'{len(found)} findings' if found else 'ok'}\n")
            sys.stdout.write("".join(f"    {line}\n" for line in found))
            sys.stdout.flush()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
