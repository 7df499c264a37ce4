"""The command line: what Ctrl+C does."""

from __future__ import annotations

import signal

import pytest

from sentinel_match_plugin.engine import cli


def press_ctrl_c():
    signal.raise_signal(signal.SIGINT)


def test_ctrl_c_cancels_the_job_in_a_sentence_and_with_an_exit_code(monkeypatch, capsys):
    tidied = []

    def work(job, events):
        events.check_cancelled()
        press_ctrl_c()
        try:
            events.check_cancelled()
        finally:
            tidied.append(True)

    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(cli, "do", work)
    assert cli.main(["models"]) == 130
    assert capsys.readouterr().err == "The job was cancelled.\n"
    assert tidied
    assert signal.getsignal(signal.SIGINT) is before


def test_a_second_ctrl_c_does_not_wait_for_the_job(monkeypatch, capsys):
    def work(job, events):
        press_ctrl_c()
        press_ctrl_c()
        pytest.fail("the job went on")

    monkeypatch.setattr(cli, "do", work)
    assert cli.main(["models"]) == 130
    assert "cancelled" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [
        ["match", "a.tif", "b.tif", "--tie-points"],
        ["coregister", "a.tif", "b.tif", "c.tif", "--report"],
        ["scenes", "a.tif", "b.tif", "--pairs"],
        ["keypoints", "a.tif", "--keypoints"],
    ],
)
def test_the_polygons_of_the_area_are_no_output(command, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "area.geojson").write_text("polygons")
    assert cli.main([*command, "area.geojson", "--area", "area.geojson"]) == 1
    assert "same file as an input" in capsys.readouterr().err
    assert (tmp_path / "area.geojson").read_text() == "polygons"
