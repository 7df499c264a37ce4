"""The peers of the benchmark: is each judged alike, does a failure stay its own, is nothing left out in silence?"""

from __future__ import annotations

import csv
import subprocess
import sys

import benchmark
import benchmark_accuracy
import benchmark_peers
import benchmark_tables
import pytest
from benchmark_peers import Peer
from through_qgis import Failed


def row(method="one", condition="a", **known):
    return {"method": method, "tile": "T35UNQ", "season": "cross", "condition": condition, "status": "ok", **known}


def cells(rows, methods=("one",)):
    (line,) = benchmark_tables.summarise_peers(rows, list(methods))
    return dict(zip(benchmark_tables.PEER_HEADER, line, strict=True))


@pytest.fixture
def peers(tmp_path, monkeypatch):
    """A folder of peers in which scripts can be put, run by this Python; gives the function that puts them there."""
    monkeypatch.setattr(benchmark_peers, "FOLDER", tmp_path)
    monkeypatch.setattr(benchmark_peers, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(benchmark_peers, "_python", lambda environment: sys.executable)
    (tmp_path / "requirements-here.txt").write_text("")

    def put(script):
        (tmp_path / "peer.py").write_text(script)
        return Peer("a peer", "peer.py", "defaults", "here")

    return put


def test_a_peer_gets_its_setting_the_pair_and_the_folder_for_its_files(peers, pair, tmp_path):
    peer = peers("import sys, pathlib\npathlib.Path(sys.argv[4], 'warped.tif').write_text(' '.join(sys.argv[1:]))")
    assert peer.run(pair, tmp_path) == {"status": "ok", "messages": "", "warped": "warped.tif"}
    given = (tmp_path / "warped.tif").read_text().split()
    assert given == ["defaults", str(pair / "reference.tif"), str(pair / "target.tif"), str(tmp_path)]


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("raise SystemExit('3 points agree')", "3 points agree"),
        ("raise ValueError('a bug')", "ValueError: a bug"),
        ("import os\nos.kill(os.getpid(), 9)", "code -9"),
        ("", "no raster"),
        ("import time\ntime.sleep(60)", "more than"),
    ],
)
def test_a_peer_that_ends_badly_has_failed_on_that_pair_and_is_not_tried_again(
    peers, pair, tmp_path, monkeypatch, script, said
):
    monkeypatch.setattr(benchmark_peers, "LIMIT_S", 5)
    peer = peers(script)
    for _ in range(2):
        found = benchmark_accuracy.one_pair(pair, peer.results(pair), peer.run, peer.version(), False, peer.name)
        assert (found["status"], found["method"], found["error"]) == ("failed", "a peer", "")
        assert said in found["messages"]
        peers(script)  # were it run again, it would be seen
        monkeypatch.setattr(Peer, "run", lambda *_: pytest.fail("it was run again"))


def test_a_result_is_of_another_version_when_the_script_or_what_it_imports_changed(peers, tmp_path):
    (tmp_path / "shared.py").write_text("")
    peer = peers("from shared import this")
    first = peer.version()
    assert peer.version() == first
    (tmp_path / "shared.py").write_text("this = 1")
    assert peer.version() != first


def test_a_failed_pair_counts_as_infinitely_far_off():
    rows = [row(warp_median=0.2, warp_p95=0.5), row(warp_median=2.0, warp_p95=4.0), row(status="failed")]
    assert (cells(rows)["warp median < 1 px"], cells(rows)["warp median < 3 px"]) == ("33 %", "67 %")
    assert (cells(rows)["warp median"], cells(rows)["warp p95"], cells(rows)["failed"]) == ("2.00", "4.00", "1")
    assert cells([*rows, row(status="failed")])["warp median"] == "∞"


def test_a_method_without_points_has_none_in_the_table():
    assert (cells([row(warp_median=0.2)])["p1"], cells([row(warp_median=0.2)])["points"]) == ("–", "–")


def test_the_page_has_a_line_a_method_and_condition_and_names_who_was_not_measured(tmp_path):
    rows = [
        {**row(method, condition, warp_median=0.25, warp_p95=1.0), "pair": "p"} for method in "BA" for condition in "ab"
    ]
    page = benchmark_tables.write_peer_tables(tmp_path / "out", rows, ["B", "A"], {"C": "It cannot be had."}, "A title")
    assert "| T35UNQ | cross | B | 100 / 100 · 0.25 | 100 / 100 · 0.25 |" in page
    assert page.index("| B | a |") < page.index("| B | b |") < page.index("| A | a |")
    assert "- C: not measured. It cannot be had." in page
    assert (tmp_path / "out.md").read_text() == page
    assert len((tmp_path / "out-summary.csv").read_text().splitlines()) == 1 + 4
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 1 + 4


def test_a_peer_whose_environment_cannot_be_made_is_named_with_the_reason(pair, tmp_path, monkeypatch):
    def broken(name):
        if name == "arosics":
            raise Failed("There is no GDAL here.")

    monkeypatch.setattr(benchmark_peers, "CACHE", tmp_path)
    monkeypatch.setattr(benchmark_peers, "make_environment", broken)
    usable, reasons = benchmark_peers.ready([pair], False)
    assert {peer.environment for peer in usable} == {"opencv", "simpleitk"}
    assert reasons["AROSICS global, defaults"] == "There is no GDAL here."
    assert "KARIOS" in reasons


def test_an_environment_that_cannot_be_made_says_why_and_is_not_taken_for_made(tmp_path, monkeypatch):
    (tmp_path / "requirements-opencv.txt").write_text("no such package at all\n")
    monkeypatch.setattr(benchmark_peers, "FOLDER", tmp_path)
    monkeypatch.setattr(benchmark_peers, "ENVIRONMENTS", tmp_path / "environments")
    with pytest.raises(Failed, match=r"pip install.*ERROR: Invalid requirement"):
        benchmark_peers.make_environment("opencv")
    assert not (tmp_path / "environments" / "opencv" / ".made").exists()


def test_every_peer_has_a_name_of_its_own_a_script_that_knows_its_setting_and_pinned_requirements():
    assert len({peer.name for peer in benchmark_peers.PEERS}) == len(benchmark_peers.PEERS)
    for peer in benchmark_peers.PEERS:
        assert peer.environment in benchmark_peers.MODULES
        assert (benchmark_peers.FOLDER / peer.script).exists()
    for name in benchmark_peers.MODULES:
        lines = (benchmark_peers.FOLDER / f"requirements-{name}.txt").read_text().splitlines()
        assert all("==" in line for line in lines if line and not line.startswith("#"))


OPENCV = [peer for peer in benchmark_peers.PEERS if peer.environment == "opencv"]


@pytest.mark.parametrize("peer", OPENCV, ids=[peer.name for peer in OPENCV])
def test_a_peer_on_opencv_undoes_a_known_shift_and_its_tie_points_say_the_same(peer, tmp_path):
    cv2, np, rasterio = (pytest.importorskip(name) for name in ("cv2", "numpy", "rasterio"))
    ground = cv2.GaussianBlur(np.random.default_rng(0).normal(size=(320, 320)), (0, 0), 2)
    ground = np.clip(128 + 60 * ground / ground.std(), 1, 255).astype(np.uint8)
    images = {
        "reference": ground[30:286, 30:286],
        "target": ground[25:281, 37:293],
    }  # what is at p there is at p - (7, -5)
    about = {"driver": "GTiff", "width": 256, "height": 256, "count": 1, "dtype": "uint8", "crs": "EPSG:32635"}
    grid = rasterio.Affine(10, 0, 600000, 0, -10, 5500000)
    for name, image in images.items():
        with rasterio.open(tmp_path / f"{name}.tif", "w", **about, transform=grid) as raster:
            raster.write(image, 1)
    files = [tmp_path / "reference.tif", tmp_path / "target.tif", tmp_path]
    subprocess.run([sys.executable, benchmark_peers.FOLDER / peer.script, peer.setting, *files], check=True)
    with rasterio.open(tmp_path / "warped.tif") as raster:
        assert (raster.crs, raster.transform, raster.shape) == (rasterio.CRS.from_epsg(32635), grid, (256, 256))
        valid = raster.dataset_mask() > 0
        assert 0.9 < valid.mean() < 0.97
        off = np.abs(raster.read(1).astype(float) - images["reference"])[valid]
    assert np.median(off) < 4  # the ground spreads by 60
    if (tmp_path / "tie_points.csv").exists():
        with open(tmp_path / "tie_points.csv", newline="") as file:
            kept = [row for row in csv.DictReader(file) if row["inlier"] == "1"]
        east = [float(row["tgt_x"]) - float(row["ref_x"]) for row in kept]
        north = [float(row["tgt_y"]) - float(row["ref_y"]) for row in kept]
        assert (np.median(east), np.median(north)) == pytest.approx((-70, -50), abs=2)


def test_peers_and_ours_come_in_one_table_of_one_run(peers, pair, tmp_path, monkeypatch, capsys):
    peer = peers("raise SystemExit('nothing found')")
    ours = {"status": "no_match", "count": 0, "rmse_m": None, "ce90_m": None, "messages": ""}
    monkeypatch.setattr(benchmark_accuracy, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(benchmark_accuracy, "make_pairs", lambda *_: [pair])
    monkeypatch.setattr(benchmark_accuracy, "_direct", lambda: lambda *_: dict(ours))
    monkeypatch.setattr(benchmark_peers, "ready", lambda *_: ([peer], {}))
    out = tmp_path / "tables"
    monkeypatch.setattr(sys, "argv", ["benchmark.py", "accuracy", "--direct", "--peers", "--out", str(out)])
    assert benchmark.main() == 0
    lines = (tmp_path / "tables-summary.csv").read_text().splitlines()
    assert [line.split(",")[2] for line in lines[1:]] == ["sentinel-match", "a peer"]
    assert "a peer: pair: failed" in capsys.readouterr().out
