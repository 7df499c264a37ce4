"""The networks that kornia runs, with the addresses from which kornia 0.9 itself takes their weights."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from . import conversion, networks
from .spec import ModelSpec

if TYPE_CHECKING:
    import torch

_HUGGING_FACE = "https://huggingface.co/kornia/{}/resolve/main/{}"


def _aliked(variant: str, title: str, size_mb: float, sha256: str | None = None) -> ModelSpec:
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


def _loftr(variant: str, title: str, file: str) -> ModelSpec:
    return ModelSpec(
        f"loftr_{variant}",
        title,
        (f"{file}.safetensors", f"{file}.ckpt"),
        "Apache-2.0",
        46.3,
        f"the file {file}.ckpt that kornia 0.9 lists as kornia.feature.loftr.loftr.urls['{variant}']",
        urls=(
            _HUGGING_FACE.format("loftr", f"{file}.ckpt"),
            f"https://cmp.felk.cvut.cz/~mishkdmy/models/{file}.ckpt",
        ),
        network=networks.loftr,
        convert=conversion.loftr,
    )


def _dedode(part: str, title: str, size_mb: float, release: str, network: Callable[[], torch.nn.Module]) -> ModelSpec:
    return ModelSpec(
        f"dedode_{part}",
        title,
        (f"dedode_{part}.safetensors", f"dedode_{part}.pth"),
        "MIT",
        size_mb,
        f"the file dedode_{part}.pth of the releases of the GitHub repository Parskatt/DeDoDe, mirrored by kornia",
        urls=(
            _HUGGING_FACE.format("dedode", f"dedode_{part}.pth"),
            f"https://github.com/Parskatt/DeDoDe/releases/download/{release}/dedode_{part}.pth",
        ),
        network=network,
    )


def _lightglue(features: str, title: str, author: str) -> ModelSpec:
    """``features``: LightGlue's own name of the features it was trained on; ``author``: the second address's folder."""
    file = f"{features}_lightglue"
    return ModelSpec(
        file,
        title,
        (f"{file}.safetensors", f"{file}.pth"),
        "Apache-2.0",
        47.6,
        f"the file {file}.pth that kornia 0.9 lists for LightGlue (repository kornia/lightglue on Hugging Face)",
        urls=(_HUGGING_FACE.format("lightglue", f"{file}.pth"), f"{author}/{file}.pth"),
        network=partial(networks.lightglue, features),
        convert=conversion.lightglue,
        optional=("confidence_thresholds",),  # fixed numbers, not learned
    )


_LIGHTGLUE_RELEASE = "https://github.com/cvg/LightGlue/releases/download/v0.1_arxiv"
_XFEAT = "https://github.com/verlab/accelerated_features/raw/main/weights"

KORNIA_MODELS: tuple[ModelSpec, ...] = (
    _loftr("outdoor", "LoFTR (outdoor)", "loftr_outdoor"),
    _loftr("indoor", "LoFTR (indoor)", "loftr_indoor"),
    _loftr("indoor_new", "LoFTR (indoor, corrected)", "loftr_indoor_ds_new"),
    # pragma: allowlist nextline secret
    _aliked("n16", "ALIKED n16", 2.7, "5be8704840ed662d9d8c561bf7279c222092674e7eb05fd0feab94899e9d82f2"),
    # pragma: allowlist nextline secret
    _aliked("t16", "ALIKED t16", 0.8, "56782336919db220144a884e710e2b6af13b3b8f8da15b915a239078ab471085"),
    _aliked("n16rot", "ALIKED n16rot", 2.7),
    _aliked("n32", "ALIKED n32", 3.9),
    ModelSpec(
        "disk-depth",
        "DISK (depth)",
        ("depth-save.safetensors", "depth-save.pth"),
        "Apache-2.0",
        4.4,
        "the file depth-save.pth of the GitHub repository cvlab-epfl/disk, mirrored by kornia",
        urls=(
            _HUGGING_FACE.format("disk", "depth-save.pth"),
            "https://raw.githubusercontent.com/cvlab-epfl/disk/master/depth-save.pth",
        ),
        network=networks.disk,
    ),
    ModelSpec(
        "xfeat",
        "XFeat",
        ("xfeat.safetensors", "xfeat.pt"),
        "Apache-2.0",
        6.2,
        "the file weights/xfeat.pt of the GitHub repository verlab/accelerated_features",
        urls=(f"{_XFEAT}/xfeat.pt",),
        network=networks.xfeat,
    ),
    _dedode("detector_L_v2", "DeDoDe detector L v2", 58.3, "v2", networks.dedode_detector),
    _dedode("descriptor_B", "DeDoDe descriptor B", 54.1, "dedode_pretrained_models", networks.dedode_descriptor),
    _lightglue("sift", "LightGlue for SIFT", _LIGHTGLUE_RELEASE),
    _lightglue("aliked", "LightGlue for ALIKED", _LIGHTGLUE_RELEASE),
    _lightglue("disk", "LightGlue for DISK", _LIGHTGLUE_RELEASE),
    _lightglue("dedodeb", "LightGlue for DeDoDe B", "https://cmp.felk.cvut.cz/~mishkdmy/models"),
    ModelSpec(
        "xfeat-lighterglue",
        "LighterGlue for XFeat",
        ("xfeat-lighterglue.safetensors", "xfeat-lighterglue.pt"),
        "Apache-2.0",
        4.5,
        "the file weights/xfeat-lighterglue.pt of the GitHub repository verlab/accelerated_features",
        urls=(_HUGGING_FACE.format("lightglue", "xfeat-lighterglue.pt"), f"{_XFEAT}/xfeat-lighterglue.pt"),
        network=partial(networks.lightglue, "xfeat"),
        convert=conversion.lightglue,
        # Fixed numbers, and the heads of early stopping, which LighterGlue does not do
        optional=(
            "confidence_thresholds",
            *(f"token_confidence.{layer}.token.0.{part}" for layer in range(5) for part in ("weight", "bias")),
        ),
    ),
)
