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


def test_every_matcher_a_job_may_name_is_there():
    assert tuple(MATCHERS) == tuple(name for name in jobs.MATCHERS if name != "auto")


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
    code = "import sys, sentinel_match_plugin.engine.matchers; print({'torch', 'kornia', 'cv2'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
