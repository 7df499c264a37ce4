"""Networks whose published weights are not on this machine: the real classes with seeded random weights, under the
names that the published files have, served as if they lay in the models folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import torch

from sentinel_match_plugin.engine.models import MODELS, loading


@contextmanager
def served(states: dict[str, dict[str, torch.Tensor]]) -> Iterator[None]:
    """load_model finds ``states`` (name of the model -> tensors); any other is looked for in the folder."""
    locate, load_state = loading.locate, loading.load_state
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "locate", lambda name, f="": Path(name) if name in states else locate(name, f))
        patch.setattr(loading, "load_state", lambda p: dict(states[p.name]) if p.name in states else load_state(p))
        yield


def random_state(name: str, image: torch.Tensor, seed: int = 0) -> dict[str, torch.Tensor]:
    """Tensors of the model ``name`` as its class draws them; batch normalisation as ``image`` (H, W) sets it, without
    which a deep network of random weights answers the same everywhere.
    """
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        network = MODELS[name].network().train()
        for key, parameter in network.named_parameters():
            if re.search(
                r"decoder\.layers\.[248]\.out_conv", key
            ):  # DeDoDe's coarse levels see further than a test image
                parameter.data.zero_()
    with torch.no_grad():
        for module in network.modules():
            if isinstance(module, torch.nn.modules.batchnorm._BatchNorm):
                module.momentum = None  # the mean over all that it sees
        colours = image[None, None].expand(1, 3, -1, -1)
        network(colours)
        if name == "dedode_descriptor_B":  # what all pixels have in common would drown what tells them apart
            network.decoder.layers["1"].out_conv.bias[:256] -= network.eval()(colours).mean((0, 2, 3))
    return dict(network.state_dict())


def likeness_state(name: str, prefix: str = "", clear: float = 16.0) -> dict[str, torch.Tensor]:
    """LightGlue that pairs by the likeness of descriptors: its layers add nothing, and every feature may have a
    partner; the more alike, the surer by ``clear``. The names are those of the first release, which kornia does not
    have any more.
    """
    network = MODELS[name].network()
    with torch.no_grad():
        for layer in network.transformers:
            for ffn in (layer.self_attn.ffn, layer.cross_attn.ffn):
                ffn[-1].weight.zero_()
                ffn[-1].bias.zero_()
        if isinstance(network.input_proj, torch.nn.Linear):
            torch.nn.init.orthogonal_(network.input_proj.weight)
            network.input_proj.bias.zero_()
        for assignment in network.log_assignment:
            size = assignment.final_proj.weight
            size.copy_(clear * torch.eye(len(size)))
            assignment.final_proj.bias.zero_()
            assignment.matchability.weight.zero_()
            assignment.matchability.bias.fill_(10.0)
    return {
        prefix + re.sub(r"^transformers\.(\d+)\.(self_attn|cross_attn)\.", r"\2.\1.", key): value
        for key, value in network.state_dict().items()
        if key != "confidence_thresholds"
    }
