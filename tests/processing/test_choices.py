"""The dialog explains every choice, and the values stay the names that the contract promises."""

from __future__ import annotations

import pytest
from test_contract import CONTRACT, algorithm


@pytest.mark.parametrize("name", CONTRACT)
def test_every_choice_of_every_algorithm_is_explained(qgis_here, name):
    from qgis.core import QgsProcessingParameterEnum

    from sentinel_match_plugin.processing.choices import explained

    for parameter in algorithm(name).parameterDefinitions():
        if isinstance(parameter, QgsProcessingParameterEnum) and not parameter.allowMultiple():
            texts = explained(parameter)
            assert list(texts) == parameter.options(), parameter.name()
            assert all(texts.values())


def test_a_matcher_says_what_has_to_be_downloaded_and_under_which_licence(qgis_here, monkeypatch, tmp_path):
    from sentinel_match_plugin.processing import choices

    monkeypatch.setenv("SENTINEL_MATCH_MODELS", str(tmp_path))
    parameter = algorithm("matchrasters").parameterDefinition("MATCHER")
    texts = choices.explained(parameter)
    assert texts["seasonal"] == "Seasonal (built in, offline)"
    assert texts["loftr"] == "LoFTR (46 MB download, Apache-2.0)"
    assert "not for commercial use" in texts["superpoint-superglue"]
    assert "needs the library transformers" in texts["efficient-loftr"]
    (tmp_path / "loftr_outdoor.safetensors").touch()
    assert choices.explained(parameter)["loftr"] == "LoFTR (on this computer, Apache-2.0)"
    assert choices.explained(parameter, live=False)["loftr"] == texts["loftr"]
