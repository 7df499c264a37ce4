"""The networks that the library transformers runs (optional packages ``hub``), published on the Hugging Face hub."""

from __future__ import annotations

from . import conversion, hub_networks
from .spec import ModelSpec

_HUGGING_FACE = "https://huggingface.co/{}/resolve/main/model.safetensors"
_GITHUB = "https://github.com/{}"
_EXTRA = "hub"
_MAGIC_LEAP = "academic or non-profit use only"
_WHY = (
    "Magic Leap licenses {}, code and weights, for academic or non-profit organisations' non-commercial research only "
    "(LICENSE of the repository magicleap/SuperGluePretrainedNetwork)."
)


def _superglue(place: str) -> ModelSpec:
    return ModelSpec(
        f"superglue_{place}",
        f"SuperGlue ({place})",
        (f"superglue_{place}.safetensors", f"superglue_{place}.pth"),
        _MAGIC_LEAP,
        48.1,
        f"the file models/weights/superglue_{place}.pth of the GitHub repository magicleap/SuperGluePretrainedNetwork",
        non_commercial=_WHY.format("SuperGlue"),
        urls=(
            _GITHUB.format(
                f"magicleap/SuperGluePretrainedNetwork/raw/master/models/weights/superglue_{place}.pth",
            ),
            _HUGGING_FACE.format(f"magic-leap-community/superglue_{place}"),
        ),
        network=hub_networks.superglue,
        convert=conversion.superglue,
        extra=_EXTRA,
    )


HUB_MODELS: tuple[ModelSpec, ...] = (
    ModelSpec(
        "superpoint",
        "SuperPoint",
        ("superpoint.safetensors", "superpoint_v1.pth"),
        _MAGIC_LEAP,
        5.2,
        "the file models/weights/superpoint_v1.pth of the GitHub repository magicleap/SuperGluePretrainedNetwork",
        non_commercial=_WHY.format("SuperPoint"),
        urls=(
            _GITHUB.format("magicleap/SuperGluePretrainedNetwork/raw/master/models/weights/superpoint_v1.pth"),
            _HUGGING_FACE.format("magic-leap-community/superpoint"),
        ),
        network=hub_networks.superpoint,
        convert=conversion.superpoint,
        extra=_EXTRA,
    ),
    _superglue("outdoor"),
    _superglue("indoor"),
    ModelSpec(
        "superpoint_lightglue",
        "LightGlue for SuperPoint",
        ("superpoint_lightglue.safetensors", "superpoint_lightglue.pth"),
        "Apache-2.0",
        47.4,
        "the file superpoint_lightglue.pth of the release v0.1_arxiv of the GitHub repository cvg/LightGlue",
        urls=(
            _GITHUB.format("cvg/LightGlue/releases/download/v0.1_arxiv/superpoint_lightglue.pth"),
            _HUGGING_FACE.format("ETH-CVG/lightglue_superpoint"),
        ),
        network=hub_networks.lightglue,
        convert=conversion.lightglue_transformers,
        extra=_EXTRA,
    ),
    ModelSpec(
        "efficient_loftr",
        "EfficientLoFTR (outdoor)",
        ("efficient_loftr.safetensors", "eloftr_outdoor.ckpt"),
        "Apache-2.0",
        64.3,
        "the file eloftr_outdoor.ckpt that the GitHub repository zju3dv/EfficientLoFTR links to, or model.safetensors "
        "of zju-community/efficientloftr on the Hugging Face hub",
        urls=(_HUGGING_FACE.format("zju-community/efficientloftr"),),
        network=hub_networks.efficient_loftr,
        convert=conversion.efficient_loftr,
        extra=_EXTRA,
    ),
)
