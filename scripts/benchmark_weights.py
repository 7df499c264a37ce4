"""A folder of weights for the benchmark of matchers: the real ones where this computer has them, else random ones.

``benchmark_weights.py FOLDER [PLACE ...]`` fills FOLDER: of every model that a matcher needs, a link to its file if
that lies in one of the places or in the folder of the matchers; else its network as the program builds it, with random
weights, so that the matcher can at least be run. Prints one JSON object: ``models``, name -> ``real``, ``random``, or
why there is neither, and ``matchers``, name -> kind and the models it needs. Needs the engine's Python.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from sentinel_match_plugin.engine.errors import WeightsError
from sentinel_match_plugin.engine.matchers import MATCHERS
from sentinel_match_plugin.engine.models import MODELS, ModelSpec, locate

SEED = 0


def fill(folder: Path, places: list[str]) -> dict[str, str]:
    """Name -> ``real``, ``random``, or a sentence on why the model cannot even be made up."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    needed = dict.fromkeys(name for entry in MATCHERS.values() for name in entry.weights)
    return {name: _put(MODELS[name], folder, places) for name in needed}


def _put(spec: ModelSpec, folder: Path, places: list[str]) -> str:
    for place in (*places, ""):
        try:
            file = locate(spec.name, place)
        except WeightsError:
            continue
        os.symlink(file.resolve(), folder / file.name)
        return "real"
    if spec.network is None:
        return "its network is not built by itself"
    import torch
    from safetensors.torch import save_file

    torch.manual_seed(SEED)
    try:
        network = spec.network()
    except (ImportError, WeightsError) as error:  # an optional library is missing
        return " ".join(str(error).split())
    name = next(name for name in spec.files if name.endswith(".safetensors"))
    save_file({key: tensor.clone().contiguous() for key, tensor in network.state_dict().items()}, folder / name)
    return "random"


def main() -> None:
    """The command line."""
    folder, *places = sys.argv[1:]
    matchers = {name: {"kind": entry.kind, "weights": list(entry.weights)} for name, entry in MATCHERS.items()}
    sys.stdout.write(json.dumps({"models": fill(Path(folder), places), "matchers": matchers}))


if __name__ == "__main__":
    main()
