"""The zip: the same bytes twice, nothing that the plugin site refuses, and a validator that sees what is wrong."""

from __future__ import annotations

import zipfile
from pathlib import Path

import package
import pytest
import validate

PLUGIN = package.PLUGIN


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    return package.package(tmp_path_factory.mktemp("package"))


def test_the_same_commit_gives_the_same_bytes(made, tmp_path):
    assert package.package(tmp_path).read_bytes() == made.read_bytes()


def test_what_users_need_is_in_the_zip_and_what_they_do_not_is_not(made):
    names = zipfile.ZipFile(made).namelist()
    for needed in (
        "__init__.py",
        "metadata.txt",
        "LICENSE",
        "icons/sentinel_match.svg",
        "processing/help/matchrasters.html",
        "processing/help/pages/matchrasters.html",
        "engine/weights/seasonal.safetensors",
        "engine/weights/MODEL_CARD.md",
        "engine/requirements.txt",
        "i18n/sentinel_match_uk.ts",
        "models/timeseries.model3",
    ):
        assert f"{PLUGIN}/{needed}" in names, needed
    assert all(name.startswith(f"{PLUGIN}/") for name in names)
    assert not [name for name in names if "test" in name.lower().split("/")[1] or "__pycache__" in name]


def test_the_zip_passes_the_checks_of_archive_and_metadata(made):
    with zipfile.ZipFile(made) as archive:
        assert validate.check_archive(archive) == []
        assert validate.check_metadata(archive, publish=False) == []


def test_the_metadata_carry_the_changelog_and_can_be_read_by_qgis(made):
    import configparser

    parser = configparser.ConfigParser()
    parser.optionxform = str
    parser.read_string(zipfile.ZipFile(made).read(f"{PLUGIN}/metadata.txt").decode("utf-8"))
    read = dict(parser.items("general"))  # a percent sign raises here, as it does on the plugin site
    assert read["version"] == package.version()
    assert "matchrasters" in read["changelog"]
    assert len(read["commitSha1"].split()[0]) == 40


def planted(tmp_path, files, **attributes):
    """A zip of ``files``: name -> text."""
    path = tmp_path / "planted.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = attributes.get("mode", 0o644) << 16
            archive.writestr(entry, text)
    return path


METADATA = """[general]
name=a
description=b
version=1.0
qgisMinimumVersion=3.22
author=c
email=d@somewhere.org
about=e
tracker=https://somewhere.org/t
repository=https://somewhere.org/r
homepage=https://somewhere.org
icon=icon.svg
"""
GOOD = {
    "plugin/__init__.py": "",
    "plugin/metadata.txt": METADATA,
    "plugin/LICENSE": "GPL",
    "plugin/icon.svg": "<svg/>",
    "plugin/engine/__init__.py": '__version__ = "1.0"\n',
}


def findings(path, publish=False):
    with zipfile.ZipFile(path) as archive:
        return validate.check_archive(archive) + validate.check_metadata(archive, publish)


def test_a_good_zip_has_no_findings(tmp_path):
    assert findings(planted(tmp_path, GOOD), publish=True) == []


@pytest.mark.parametrize(
    "name", ["plugin/run.sh", "plugin/a.so", "plugin/.env", "plugin/__pycache__/a.py", "other/a.py", "plugin/../a.py"]
)
def test_a_file_that_the_site_refuses_is_found(tmp_path, name):
    assert findings(planted(tmp_path, {**GOOD, name: ""}))


def test_a_file_that_may_be_executed_is_found(tmp_path):
    assert any("may be executed" in line for line in findings(planted(tmp_path, GOOD, mode=0o755)))


@pytest.mark.parametrize("key", validate.REQUIRED)
def test_a_missing_key_of_the_metadata_is_found(tmp_path, key):
    lines = "\n".join(line for line in METADATA.splitlines() if not line.startswith(f"{key}="))
    assert findings(planted(tmp_path, {**GOOD, "plugin/metadata.txt": lines}))


def test_an_address_that_is_nobodys_is_found_before_publishing(tmp_path):
    text = METADATA.replace("somewhere.org/t", "sentinel-match.invalid/t")
    path = planted(tmp_path, {**GOOD, "plugin/metadata.txt": text})
    assert findings(path) == []
    assert any("tracker" in line for line in findings(path, publish=True))
