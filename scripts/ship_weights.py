#!/usr/bin/env python3
"""Make the weights that a training run wrote those that ship: float16, their SHA-256 in the code, the card beside them.

scripts/ship_weights.py RUN.safetensors [CARD.md]

Half the digits halve the file; scripts/benchmark.py measures with what ships.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


def main(weights: str, card: str = "") -> None:
    import torch
    from safetensors.torch import save_file

    from sentinel_match_plugin.engine.models.reading import load_state, metadata_of, sha256_of
    from sentinel_match_plugin.engine.seasonal import weights as shipped

    state = {name: tensor.to(torch.float16).contiguous() for name, tensor in load_state(weights).items()}
    shipped.SHIPPED.parent.mkdir(exist_ok=True)
    save_file(state, str(shipped.SHIPPED), metadata=metadata_of(weights))
    code = Path(shipped.__file__)
    digest = sha256_of(shipped.SHIPPED)
    line = f'SHIPPED_SHA256 = "{digest}"'
    text, changed = re.subn(r'^SHIPPED_SHA256 = "\w*"', line, code.read_text(), flags=re.MULTILINE)
    if not changed:
        sys.exit(f"{code} has no SHIPPED_SHA256 to put the new one in.")
    code.write_text(text)
    if card:
        shutil.copyfile(card, shipped.SHIPPED.parent / "MODEL_CARD.md")
    print(f"{shipped.SHIPPED}: {shipped.SHIPPED.stat().st_size / 1e6:.2f} MB, SHA-256 {digest}")


if __name__ == "__main__":
    main(*sys.argv[1:])
