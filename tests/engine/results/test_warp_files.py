"""What becomes of the files when a warp is cancelled, is given nonsense or runs out of disk."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from pathlib import Path

import numpy as np
import pytest
import rasterio

from sentinel_match_plugin.engine.errors import Cancelled, InputError, OutputError
from sentinel_match_plugin.engine.events import Events
from sentinel_match_plugin.engine.results import raster_writer, warp
from sentinel_match_plugin.engine.results.warp import warp_raster
from tests.engine.known_warps import UTM, Log, info_of, shift


@pytest.fixture
def existing(tmp_path) -> Path:
    """An output that is already there, in a folder of its own."""
    path = tmp_path / "results" / "out.tif"
    path.parent.mkdir()
    path.write_bytes(b"what was there before")
    return path


def untouched(existing: Path) -> bool:
    return os.listdir(existing.parent) == [existing.name] and existing.read_bytes() == b"what was there before"


@pytest.mark.parametrize("cancel_at", [0.2, warp.WRITTEN_SHARE])
def test_a_cancel_leaves_no_file_and_an_existing_one_as_it_was(write_raster, existing, monkeypatch, cancel_at):
    monkeypatch.setattr(warp, "BLOCK_PX", 256)
    slow_copy = raster_writer.rasterio.shutil.copy
    monkeypatch.setattr(raster_writer.rasterio.shutil, "copy", lambda *a, **k: (time.sleep(0.5), slow_copy(*a, **k)))
    source = write_raster("a.tif", np.full((700, 700), 9, "uint8"), **UTM)
    start = time.perf_counter()
    with pytest.raises(Cancelled):
        warp_raster(source, str(existing), info_of(source), shift(0, 0), "cubic", Log(cancel_at))
    assert time.perf_counter() - start < 5
    for thread in threading.enumerate():
        if thread.name == "raster copy":
            thread.join(10)
    assert untouched(existing)


def test_nothing_on_the_grid_is_an_error_not_an_empty_raster(write_raster, existing):
    source = write_raster("a.tif", np.full((50, 50), 9, "uint8"), **UTM)
    with pytest.raises(OutputError, match=r"Nothing of a\.tif falls onto the output's grid, so no raster was written"):
        warp_raster(source, str(existing), info_of(source), shift(1000, 0), "cubic", Events())
    assert untouched(existing)


def test_a_damaged_source_is_an_input_error_and_loses_nothing(write_raster, existing):
    noise = np.random.default_rng(0).integers(0, 255, (400, 400)).astype("uint8")
    source = Path(write_raster("a.tif", noise, **UTM))
    grid = info_of(str(source))
    data = source.read_bytes()
    source.write_bytes(data[: len(data) // 2])
    with pytest.raises(InputError, match="damaged or incomplete"):
        warp_raster(str(source), str(existing), grid, shift(0, 0), "cubic", Events())
    assert untouched(existing)


def test_an_output_that_is_an_input_is_refused_also_through_a_link(write_raster, tmp_path):
    image = np.full((50, 50), 9, "uint8")
    source = write_raster("a.tif", image, **UTM)
    link = tmp_path / "link.tif"
    link.symlink_to(source)
    for output in (source, str(link), str(tmp_path / "." / "a.tif")):
        with pytest.raises(OutputError, match="is the same file as an input"):
            warp_raster(source, output, info_of(source), shift(0, 0), "cubic", Events())
    with rasterio.open(source) as raster:
        np.testing.assert_array_equal(raster.read(1), image)


def test_missing_folders_folders_and_unknown_endings_are_refused(write_raster, tmp_path):
    source = write_raster("a.tif", np.full((50, 50), 9, "uint8"), **UTM)
    for output, sentence in (
        (tmp_path / "none" / "out.tif", r"The output folder .*none does not exist"),
        (tmp_path, r"ending “none” cannot be written"),
        (tmp_path / "out.xyzabc", r"Use \.tif"),
        (tmp_path / "out.jpg", r"without loss"),
        (tmp_path / "out.xml", r"without loss"),  # PDS4 would also take the place of out.img
        ("", "No output file was named"),
    ):
        with pytest.raises(OutputError, match=sentence):
            warp_raster(source, str(output), info_of(source), shift(0, 0), "cubic", Events())
    (tmp_path / "folder.tif").mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        warp_raster(source, str(tmp_path / "folder.tif"), info_of(source), shift(0, 0), "cubic", Events())
    with pytest.raises(InputError, match="resampling “magic” is not known"):
        warp_raster(source, str(tmp_path / "out.tif"), info_of(source), shift(0, 0), "magic", Events())


@pytest.fixture
def small_disk(tmp_path):
    """``small_disk(options) -> folder``: a file system of its own, as root; else the test is skipped, saying so."""
    mounted: list[Path] = []

    def mount(options: str) -> Path:
        folder = tmp_path / f"disk{len(mounted)}"
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode != 0:
            pytest.skip("a small disk can only be made by root with the right to mount")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", str(folder)], check=True)


# 512 x 1024 pixels of noise: 1.05 MB of blocks, then the same again as the final file with its overviews.
@pytest.mark.parametrize("kilobytes", [100, 600, 1000, 1040, 1080, 1500, 2000, 2200, 2300, 2360])
def test_a_full_disk_is_an_error_and_leaves_nothing(write_raster, small_disk, kilobytes):
    image = np.random.default_rng(0).integers(0, 65535, (512, 1024), dtype="uint16")
    source = write_raster("a.tif", image, **UTM)
    folder = small_disk(f"size={kilobytes}k")
    out = folder / "out.tif"
    with pytest.raises(OutputError, match="the disk is full"):
        warp_raster(source, str(out), info_of(source), shift(0, 0), "nearest", Events())
    assert os.listdir(folder) == []


def test_a_read_only_folder_is_an_error_with_a_sentence(write_raster, small_disk):
    folder = small_disk("ro")
    source = write_raster("a.tif", np.full((50, 50), 9, "uint8"), **UTM)
    with pytest.raises(OutputError, match=r"out\.tif cannot be written: the folder or file is read-only"):
        warp_raster(source, str(folder / "out.tif"), info_of(source), shift(0, 0), "cubic", Events())
