"""Train a matcher from a checkout: the job of sentinelmatch:trainmatcher, every setting as an option. Needs the
engine's Python: ``.venv-engine/bin/python scripts/train.py ...``.

train.py FOLDER --minutes 60 --weights seasonal.safetensors --run-folder run
train.py FOLDER --steps 20000 --batch 32 --device cuda --weights seasonal.safetensors --run-folder run
train.py FOLDER --start-from superpoint-superglue --accumulate 8 --epochs 20 --weights tuned.safetensors

FOLDER is what sentinelmatch:buildtrainingset wrote. Started again with the same settings, it goes on where it was
stopped, however that was; SIGSTOP and SIGCONT pause it, and the pause does not count.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


def main() -> int:
    """The exit code of the command: 0, 1 with a sentence, 130 for Ctrl+C."""
    from sentinel_match_plugin.engine.commands.training import add_options

    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(cli)
    cli.parse_args()
    from sentinel_match_plugin.engine.cli import main as engine

    return engine(["train-matcher", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
