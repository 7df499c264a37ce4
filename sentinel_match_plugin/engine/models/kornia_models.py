"""The networks that kornia runs, with the addresses from which kornia 0.9 itself takes their weights."""

from __future__ import annotations

from functools import partial

from . import conversion, networks
from .spec import ModelSpec

_HUGGING_FACE = "https://huggingface.co/kornia/{}/resolve/main/{}"


def _aliked(variant: str, title: str, size_mb: float, sha256: str) -> ModelSpec:
    return ModelSpec(
        f"aliked-{variant}",
        title,
        (f"aliked-{variant}.safetensors", f"aliked-{variant}.pth"),
        "BSD-3-Clause",
        size_mb,
        f"the file models/aliked-{variant}.pth of the GitHub repository Shiaoming/ALIKED, mirrored by kornia",
        sha256,
        urls=(
            _HUGGING_FACE.format("aliked", f"aliked-{variant}.pth"),
            f"https://github.com/Shiaoming/ALIKED/raw/main/models/aliked-{variant}.pth",
        ),
        network=partial(networks.aliked, f"aliked-{variant}"),
        optional=("dkd.hw_grid",),  # a fixed grid of offsets, not learned
    )


KORNIA_MODELS: tuple[ModelSpec, ...] = (
    ModelSpec(
        "loftr_outdoor",
        "LoFTR (outdoor)",
        ("loftr_outdoor.safetensors", "loftr_outdoor.ckpt"),
        "Apache-2.0",
        46.3,
        "the file loftr_outdoor.ckpt that kornia 0.9 lists as kornia.feature.loftr.loftr.urls['outdoor']",
        urls=(
            _HUGGING_FACE.format("loftr", "loftr_outdoor.ckpt"),
            "https://cmp.felk.cvut.cz/~mishkdmy/models/loftr_outdoor.ckpt",
        ),
        network=networks.loftr,
        convert=conversion.loftr,
    ),
    _aliked("n16", "ALIKED n16", 2.7, "5be8704840ed662d9d8c561bf7279c222092674e7eb05fd0feab94899e9d82f2"),
    _aliked("t16", "ALIKED t16", 0.8, "56782336919db220144a884e710e2b6af13b3b8f8da15b915a239078ab471085"),
)
