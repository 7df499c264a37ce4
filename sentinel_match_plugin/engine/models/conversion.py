"""The same network under the names that its publishers gave its tensors: from theirs to those of the network here.

Every function takes and gives a table of tensors by name; a table that has the network's own names already comes back
as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

State = dict[str, "torch.Tensor"]


def loftr(state: State) -> State:
    """The authors' checkpoint holds the network inside a training module, as ``matcher``; kornia's copy does not."""
    return {name.removeprefix("matcher."): tensor for name, tensor in state.items()}
