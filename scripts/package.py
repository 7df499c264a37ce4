"""``package.py [FOLDER]``: the zip that QGIS installs, ``dist/sentinel_match_plugin-<version>.zip``.

The plugin folder as git knows it, with the licence, and the changelog in the metadata; no tests, no scripts. The same
commit gives the same bytes: every file carries the time of the commit, the order is that of the names. Standard library
only, and git.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLUGIN = "sentinel_match_plugin"
MAX_BYTES = 25_000_000  # more is refused by plugins.qgis.org


def git(*arguments: str) -> str:
    """What git says. Raises SystemExit with a sentence."""
    try:
        done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise SystemExit("package: git is missing, and only git knows which files belong to the plugin.") from None
    if done.returncode:
        raise SystemExit(f"package: git {arguments[0]} failed: {done.stderr.strip()}")
    return done.stdout


def version() -> str:
    """The version, which metadata.txt says and nothing else."""
    return re.search(r"^version=(.+)$", (ROOT / PLUGIN / "metadata.txt").read_text("utf-8"), re.M)[1].strip()


def metadata(text: str, changelog: str, commit: str) -> str:
    """metadata.txt as it is shipped: with the changelog's newest section and the commit it was made of.

    QGIS reads it with Python's ConfigParser, to which a percent sign is a command and an unindented line a new key.
    """
    newest = re.split(r"^## ", changelog, flags=re.M)[1]
    lines = [re.sub(r"[`*]|\[([^]]*)\]\([^)]*\)", r"\1", line).replace("%", " percent") for line in newest.splitlines()]
    indented = "\n ".join(line for line in lines if line.strip())
    return f"{text.rstrip()}\nchangelog={indented}\ncommitSha1={commit}\n"


def contents() -> dict[str, bytes]:
    """Name in the zip -> bytes, in the order of the names."""
    commit = git("rev-parse", "HEAD").strip()
    if git("status", "--porcelain", "--", PLUGIN, "LICENSE", "CHANGELOG.md"):
        commit += " with changes"
        sys.stderr.write("package: what is not committed is in the zip too; files that git does not know are not.\n")
    names = [name for name in git("ls-files", "-z", "--", PLUGIN).split("\0") if name]
    files = {name: (ROOT / name).read_bytes() for name in names}
    files[f"{PLUGIN}/LICENSE"] = (ROOT / "LICENSE").read_bytes()
    described = metadata(
        files[f"{PLUGIN}/metadata.txt"].decode("utf-8"), (ROOT / "CHANGELOG.md").read_text("utf-8"), commit
    )
    files[f"{PLUGIN}/metadata.txt"] = described.encode("utf-8")
    return dict(sorted(files.items()))


def write(path: Path, files: dict[str, bytes], seconds: int) -> None:
    """The zip, every file of it as old as ``seconds`` (since 1970) and readable by all."""
    stamp = time.gmtime(seconds)[:6]
    part = path.with_name(path.name + ".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, stamp)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16  # as on Unix, wherever it is made
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data, compresslevel=9)
    if part.stat().st_size > MAX_BYTES:
        raise SystemExit(f"package: {part} has {part.stat().st_size / 1e6:.1f} MB; the plugin site takes 25.")
    part.replace(path)


def package(folder: Path) -> Path:
    """Write the zip into ``folder``; its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{PLUGIN}-{version()}.zip"
    write(path, contents(), int(git("log", "-1", "--format=%ct")))
    return path


def main() -> None:
    """The command line; the path is all that it prints."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("folder", type=Path, nargs="?", default=ROOT / "dist")
    path = package(cli.parse_args().folder)
    sys.stderr.write(f"package: {len(zipfile.ZipFile(path).namelist())} files, {path.stat().st_size / 1e6:.1f} MB\n")
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
