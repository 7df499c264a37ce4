"""``sentinelmatch:environment``, and what every algorithm says where the engine is missing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from qgis_support import REPOSITORY, Feedback

sys.path.insert(0, str(REPOSITORY / "tests" / "runtime"))

from tiny_wheels import tiny_plugin

HOW = ("Settings > Options > Sentinel Match", "sentinelmatch:environment", "ACTION=install")


@pytest.fixture
def no_engine(monkeypatch, tmp_path):
    """This process finds no engine; returns the environment variables with which another finds none."""
    monkeypatch.delenv("SENTINEL_MATCH_PYTHON", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return {"XDG_CACHE_HOME": str(tmp_path / "cache"), "SENTINEL_MATCH_PYTHON": ""}


def test_a_check_of_the_engine_tells_versions_and_tries_the_devices(qgis_process, engine):
    answer = qgis_process.run("environment")
    assert answer.code == 0, answer.said
    assert answer.results["READY"] is True
    assert engine in answer.results["REPORT"]
    for line in (r"torch 2.", "CPU: ", "works", "CUDA: "):
        assert line in answer.results["REPORT"]


def test_a_check_that_finds_no_engine_is_an_answer_and_a_match_without_it_says_what_to_do(
    qgis_process, pair, no_engine, tmp_path
):
    answer = qgis_process.run("environment", environment=no_engine)
    assert (answer.code, answer.results["READY"]) == (0, False), answer.said
    output = tmp_path / "out.tif"
    match = qgis_process.run(
        "coregister", environment=no_engine, REFERENCE=pair.reference, TARGET=pair.target, OUTPUT=output
    )
    assert match.code == 1
    for words in HOW:
        assert words in answer.results["REPORT"]
        assert words in match.said
    assert not output.exists()


def test_every_algorithm_but_this_one_asks_for_the_engine_before_it_begins(qgis_here, no_engine):
    from qgis.core import QgsApplication, QgsProcessingContext

    from sentinel_match_plugin.processing.algorithm import SentinelMatchAlgorithm

    class Satisfied:
        """Its parameters are in order."""

        def check(self, parameters, context):
            pass

    provider = QgsApplication.processingRegistry().providerById("sentinelmatch")
    ours = [type(one) for one in provider.algorithms() if isinstance(one, SentinelMatchAlgorithm)]
    assert len(ours) > 8
    for kind in ours:
        algorithm = type(kind.__name__, (Satisfied, kind), {})()
        algorithm.initAlgorithm({})
        fine, said = algorithm.checkParameterValues({}, QgsProcessingContext())
        assert not (kind.ID == "environment" and "engine" in said)
        if kind.ID != "environment":
            assert not fine
            assert all(words in said for words in HOW), kind.ID


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"ACTION": "remove"}, "not one of check, install, repair"),
        ({"ACTION": "install", "TORCH": "rocm"}, "not one of cpu, cuda"),
        ({"ACTION": "check", "TORCH": "cuda"}, "TORCH: the build is chosen for install and repair"),
        ({"ACTION": "install", "INTERPRETER": "/no/where"}, "/no/where cannot carry the engine's environment"),
        ({"ACTION": "install", "WHEELS": "/no/where"}, "The folder of wheels /no/where does not exist"),
    ],
)
def test_what_cannot_work_is_a_sentence(qgis_here, no_engine, parameters, said):
    from qgis.core import QgsProcessingException

    with pytest.raises(QgsProcessingException, match=said):
        qgis_here.run("sentinelmatch:environment", parameters, feedback=Feedback.make())
    assert not Path(no_engine["XDG_CACHE_HOME"], "sentinel-match", "engine-0.1").exists()


def test_a_check_of_a_named_python_says_what_it_lacks(qgis_here, no_engine):
    results = qgis_here.run("sentinelmatch:environment", {"INTERPRETER": sys.executable}, feedback=Feedback.make())
    assert results["READY"] is False
    assert "torch cannot be used" in results["REPORT"]


def test_the_builds_are_those_that_the_runtime_knows(qgis_here):
    from sentinel_match_plugin.processing import environment
    from sentinel_match_plugin.runtime import packages

    assert environment.TORCHES == packages.TORCHES


def test_an_engine_is_installed_through_qgis_process_without_a_network(qgis_process, no_engine, tmp_path):
    tiny = tiny_plugin(tmp_path)
    answer = qgis_process.run(
        "environment",
        environment={**no_engine, "QGIS_PLUGINPATH": str(tmp_path / "plugins")},
        ACTION="install",
        WHEELS=tiny.wheels,
    )
    assert answer.code == 0, answer.said
    assert answer.results["READY"] is True
    python = tmp_path / "cache" / "sentinel-match" / "engine-0.1" / "a" / "bin" / "python"
    assert python.exists()
    assert answer.results["REPORT"].splitlines()[0] == f"The engine is ready: {python}"
    assert "tiny 1.0" in answer.results["REPORT"]
    assert "Successfully installed tiny-1.0" in answer.said
