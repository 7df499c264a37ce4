"""The notebooks run from end to end on little data, and are committed without what they showed."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("nbclient", reason="running notebooks takes nbclient and ipykernel (tests/requirements-engine.txt)")
pytest.importorskip("torch")
import run_notebooks

# How many pictures each shows with QUICK set.
PICTURES = {"dataset.ipynb": 3, "demo.ipynb": 5}


@pytest.mark.parametrize("name", run_notebooks.NOTEBOOKS)
def test_a_notebook_is_committed_without_outputs(name):
    notebook = json.loads((run_notebooks.SCRIPTS / name).read_text("utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    assert [cell for cell in code if run_notebooks.PARAMETERS in cell["metadata"].get("tags", [])] == code[:1]


@pytest.mark.parametrize("name", run_notebooks.NOTEBOOKS)
def test_a_notebook_runs_from_end_to_end_on_made_up_data(name, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    values = {"QUICK": True, **({"DATA": "none"} if name == "dataset.ipynb" else {})}
    done = run_notebooks.run(run_notebooks.SCRIPTS / name, **values)
    outputs = [output for cell in done.cells for output in cell.get("outputs", ())]
    pictures = [output for output in outputs if "image/png" in output.get("data", {})]
    text = "".join(output.get("text", "") for output in outputs)
    assert len(pictures) == PICTURES[name]
    assert not [output for output in outputs if output.output_type == "error"]
    if name == "demo.ipynb":
        before, after = (float(line.rpartition(": ")[2]) for line in text.strip().splitlines()[-2:])
        assert after > 0.95 > before
    else:
        assert "2 places, 4 dates" in text
