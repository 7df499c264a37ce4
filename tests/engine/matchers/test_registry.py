"""The list of matchers: complete, honest about kinds, and cheap to look at."""

from __future__ import annotations

import subprocess
import sys

import pytest
import torch

from sentinel_match_plugin.engine import jobs
from sentinel_match_plugin.engine.errors import InputError, WeightsError
from sentinel_match_plugin.engine.matchers import MATCHERS, make_matcher
from sentinel_match_plugin.engine.models import MODELS

CPU = torch.device("cpu")
# Names that saved models and scripts contain: more may come, none may go.
PROMISED = (
    *("auto", "structure", "phase", "sift", "akaze", "orb", "loftr", "aliked", "disk", "xfeat", "dedode"),
    *("sift-lightglue", "aliked-lightglue", "disk-lightglue", "xfeat-lighterglue", "dedode-lightglue"),
    *("superpoint-superglue", "superpoint-lightglue", "efficient-loftr"),
)
PROMISED_DETECTORS = ("sift", "akaze", "orb", "aliked", "disk", "xfeat", "superpoint")


def test_the_names_that_saved_models_use_can_be_chosen():
    assert set(PROMISED) <= set(jobs.MATCHERS)
    assert set(PROMISED_DETECTORS) <= set(jobs.DETECTORS)
    assert jobs.MATCHERS[0] == "auto"


@pytest.mark.parametrize("name", MATCHERS)
def test_a_matcher_is_made_or_asks_for_its_weights(name, tmp_path):
    entry = MATCHERS[name]
    assert entry.title
    assert entry.licence
    assert entry.when.endswith(".")
    if not entry.weights:
        matcher = make_matcher(name, CPU)
        assert matcher.name == name
        assert hasattr(matcher, "find" if entry.kind == "guided" else "match")
    else:
        with pytest.raises(WeightsError, match=MODELS[entry.weights[0]].title[:5]):
            make_matcher(name, CPU, str(tmp_path))


def test_an_unknown_matcher_is_refused_with_the_names_there_are():
    with pytest.raises(InputError, match=f"no matcher “superglue”: choose one of {', '.join(MATCHERS)}"):
        make_matcher("superglue", CPU)


def test_the_list_is_read_without_loading_any_library_of_a_matcher():
    heavy = {"torch", "kornia", "cv2", "numpy"}
    code = f"import sys, sentinel_match_plugin.engine.jobs; print({heavy!r} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
