from __future__ import annotations

import dataclasses
import json
import math

import pytest

from sentinel_match_plugin.runtime import messages

EXAMPLES = [
    messages.Hello(engine="0.1.0", python="3.11.2"),
    messages.Job(3, "match", {"reference": {"path": "/données/été\n.tif", "band": 0}, "extent": None}),
    messages.Cancel(3),
    messages.Shutdown(),
    messages.Progress(3, 0.25, "Matching"),
    messages.Info(3, "Band 4 was chosen."),
    messages.Warn(3, "Few points."),
    messages.Result(3, {"status": "ok", "count": 12, "messages": ["a", "b"]}),
    messages.Failure(3, "InputError", "The rasters do not overlap.", "Traceback ..."),
    messages.Cancelled(3),
]


@pytest.mark.parametrize("message", EXAMPLES, ids=lambda message: type(message).__name__)
def test_each_message_comes_back_from_its_line_as_it_was(message):
    line = messages.encode(message)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert line.isascii()
    assert messages.decode(line) == message


def test_a_file_name_that_is_no_unicode_survives():
    job = messages.Job(1, "match", {"path": "bad\udcff.tif"})  # how Python shows the byte 0xff of a file name
    assert messages.decode(messages.encode(job)) == job


def test_numbers_that_json_does_not_have_travel_as_null_and_are_nan_in_an_outcome():
    line = messages.encode(messages.Result(1, {"rmse_m": math.nan, "ce90_m": -math.inf, "count": 2}))
    assert json.loads(line)["outcome"] == {"rmse_m": None, "ce90_m": None, "count": 2}
    outcome = messages.decode(line).outcome
    assert math.isnan(outcome["rmse_m"])
    assert math.isnan(outcome["ce90_m"])
    assert outcome["count"] == 2


def test_numbers_of_numpy_are_plain_numbers_on_the_wire():
    np = pytest.importorskip("numpy")
    outcome = {"count": np.int64(4), "ok": np.bool_(True), "x": np.float32(0.5), "none": np.float64("nan")}
    assert json.loads(messages.encode(messages.Result(1, outcome)))["outcome"] == {
        "count": 4,
        "ok": True,
        "x": 0.5,
        "none": None,
    }


@pytest.mark.parametrize(
    "line", [b"", b"printed by a library\n", b"[1]\n", b'{"type": "dance"}\n', b'{"type": "job", "id": 1}\n', b"\xff\n"]
)
def test_what_is_no_message_is_refused(line):
    with pytest.raises(messages.ProtocolError):
        messages.decode(line)


def test_a_field_that_a_later_version_adds_is_left_out():
    assert messages.decode(b'{"type": "cancel", "id": 4, "why": "later"}\n') == messages.Cancel(4)


def test_every_message_type_has_an_example():
    assert {type(example) for example in EXAMPLES} == set(messages.Message.__args__)
    assert all(dataclasses.is_dataclass(example) for example in EXAMPLES)
