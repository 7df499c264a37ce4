"""``sentinelmatch:models``: the table in this process with an engine played by a function, and the real thing."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from qgis_support import REPOSITORY, Feedback

WEIGHTS = REPOSITORY.parent / "shared" / "data" / "weights"


def a_row(**changes):
    from sentinel_match_plugin.engine.jobs import ModelRow

    values = {"name": "aliked-n16", "title": "ALIKED n16", "matchers": "aliked", "licence": "BSD-3-Clause"}
    values.update(non_commercial=False, size_mb=2.7, state="ready", path="/there", source="", url="", note="")
    return ModelRow(**{**values, **changes})


@pytest.fixture
def played(qgis_here, monkeypatch):
    """The engine answers every job with two models, and keeps the jobs."""
    from sentinel_match_plugin.engine.jobs import ModelsOutcome
    from sentinel_match_plugin.processing import models

    jobs = []

    def engine(job, python, feedback):
        jobs.append(job)
        missing = a_row(name="superglue", state="missing", path="", non_commercial=True, note="Research only.")
        return ModelsOutcome((a_row(), missing), ["All is well.", "Twice."])

    monkeypatch.setattr(models, "run_engine", engine)
    return jobs


def test_the_answer_of_the_engine_becomes_a_table(qgis_here, played, tmp_path):
    from qgis.core import QgsVectorLayer

    table = str(tmp_path / "models.gpkg")
    results = qgis_here.run("sentinelmatch:models", {"TABLE": table}, feedback=Feedback.make())
    assert results == {"TABLE": table, "COUNT": 1, "MESSAGES": "All is well.\nTwice."}
    layer = QgsVectorLayer(table, "", "ogr")
    first, second = layer.getFeatures()
    assert (first["name"], first["size_mb"], first["state"], first["non_commercial"]) == (
        "aliked-n16",
        2.7,
        "ready",
        False,
    )
    assert (second["name"], second["non_commercial"], second["note"]) == ("superglue", True, "Research only.")
    assert not first.hasGeometry()


def test_the_parameters_become_a_job(qgis_here, played, tmp_path):
    from sentinel_match_plugin.engine.jobs import ModelsJob

    given = {"ACTION": "import", "MODEL": "aliked-n16", "FILE": "/w.pth", "ACCEPT_LICENCE": True}
    qgis_here.run("sentinelmatch:models", {**given, "MODEL_FOLDER": str(tmp_path)}, feedback=Feedback.make())
    assert played == [ModelsJob("import", "aliked-n16", "/w.pth", True, str(tmp_path), "")]


def test_the_folder_and_the_proxy_of_the_settings_are_used(qgis_here, played):
    from qgis.core import QgsSettings

    settings = QgsSettings()
    given = {"proxyEnabled": True, "proxyHost": "proxy.example", "proxyPort": "3128", "proxyType": "HttpProxy"}
    given.update(proxyUser="me", proxyPassword="a b@c")
    settings.setValue("sentinelmatch/model_folder", "/mine")
    for name, value in given.items():
        settings.setValue(f"proxy/{name}", value)
    try:
        qgis_here.run("sentinelmatch:models", {}, feedback=Feedback.make())
        settings.setValue("proxy/proxyType", "DefaultProxy")
        qgis_here.run("sentinelmatch:models", {}, feedback=Feedback.make())
    finally:
        for name in ("sentinelmatch/model_folder", *(f"proxy/{name}" for name in given)):
            settings.remove(name)
    assert [job.model_folder for job in played] == ["/mine", "/mine"]
    assert [job.proxy for job in played] == ["http://me:a%20b%40c@proxy.example:3128", ""]


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"ACTION": "download"}, "MODEL: which model?"),
        ({"ACTION": "remove", "MODEL": "all"}, "MODEL: which model?"),
        ({"ACTION": "import", "MODEL": "aliked-n16"}, "FILE: which file?"),
        ({"ACTION": "remove", "MODEL": "aliked-n16", "FILE": "/w.pth"}, "FILE: a file is for import"),
        ({"ACTION": "erase"}, "is not one of list, download, import, remove"),
        ({"MODEL": "superglu"}, "is not one of all,"),
    ],
)
def test_what_cannot_work_is_said_before_the_engine_starts(qgis_here, played, parameters, said):
    from qgis.core import QgsProcessingException

    with pytest.raises(QgsProcessingException, match=said):
        qgis_here.run("sentinelmatch:models", parameters, feedback=Feedback.make())
    assert not played


def test_every_model_of_the_engine_can_be_chosen(qgis_here):
    from qgis.core import QgsApplication

    from sentinel_match_plugin.engine.models.catalogue import MODELS

    found = QgsApplication.processingRegistry().algorithmById("sentinelmatch:models")
    assert found.parameterDefinition("MODEL").options() == ["all", *MODELS]


def test_real_weights_through_qgis_process_are_listed_imported_and_removed(qgis_process, engine, tmp_path):
    if not WEIGHTS.is_dir():
        pytest.skip(f"the real weights are not at {WEIGHTS}")
    store, table = tmp_path / "store", tmp_path / "models.csv"

    def run(**parameters):
        return qgis_process.run("models", MODEL_FOLDER=store, **parameters)

    listed = run(TABLE=table)
    assert listed.code == 0, listed.said
    assert listed.results["COUNT"] == 0
    assert "aliked-n16" in table.read_text()
    imported = run(ACTION="import", MODEL="aliked-n16", FILE=WEIGHTS / "aliked-n16.pth", TABLE=tmp_path / "one.gpkg")
    assert imported.code == 0, imported.said
    assert imported.results["COUNT"] == 1
    kept = store / "aliked-n16.safetensors"
    before = kept.read_bytes()

    class Hostile:
        def __reduce__(self):
            return Path.touch, (tmp_path / "witness",)

    hostile = tmp_path / "hostile.pth"
    hostile.write_bytes(pickle.dumps({"weight": Hostile()}))
    refused = run(ACTION="import", MODEL="aliked-n16", FILE=hostile)
    assert refused.code == 1
    assert "Nothing in it was run" in refused.said
    assert not (tmp_path / "witness").exists()
    assert kept.read_bytes() == before
    removed = run(ACTION="remove", MODEL="aliked-n16")
    assert (removed.code, removed.results["COUNT"]) == (0, 0), removed.said
    assert list(store.iterdir()) == []
