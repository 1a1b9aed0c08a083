"""Functions of torch that compute a weight anew from other parameters, as data: weight norm, pruning and the like.

Tried with torch 2.13. After such a call `layer.weight` is the result of a computation and no parameter any more; what
it is computed from stands beside it under other names.
"""

from __future__ import annotations

import msgspec


class Reparametrization(msgspec.Struct, frozen=True):
    """What a call makes of the parameter `name` of the module it is given.

    own: the new parameters of the module itself, `{}` standing for the name; below: those of the module
    `parametrizations.<name>`, empty where there is none.
    keeps: whether the new parameters have the flag of the old one; they require grad where not.
    plain: whether the attribute is a plain tensor until the first forward, whose flag nothing minds.
    """

    own: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    keeps: bool = True
    plain: bool = False
    argument: str = "name"
    default: str | None = "weight"


_PRUNED = Reparametrization(own=("{}_orig",), default=None)
_FUNCTIONS: dict[Reparametrization, str] = {
    Reparametrization(own=("{}_g", "{}_v"), keeps=False): "torch.nn.utils.weight_norm "
    "torch.nn.utils.weight_norm.weight_norm",
    Reparametrization(own=("{}_orig",), plain=True): "torch.nn.utils.spectral_norm "
    "torch.nn.utils.spectral_norm.spectral_norm",
    Reparametrization(below=("original0", "original1")): "torch.nn.utils.parametrizations.weight_norm",
    Reparametrization(below=("original",)): "torch.nn.utils.parametrizations.spectral_norm "
    "torch.nn.utils.parametrizations.orthogonal",
    Reparametrization(below=("original",), argument="tensor_name", default=None): ""
    "torch.nn.utils.parametrize.register_parametrization",
    _PRUNED: " ".join(
        f"torch.nn.utils.prune.{name}"
        for name in ("l1_unstructured", "random_unstructured", "ln_structured", "random_structured", "identity",
                     "custom_from_mask")
    ),
}  # fmt: skip
MAKES = {name: fact for fact, listed in _FUNCTIONS.items() for name in listed.split()}
"""By the dotted name of the function."""

UNDOES = {
    "torch.nn.utils.remove_weight_norm": False, "torch.nn.utils.weight_norm.remove_weight_norm": False,
    "torch.nn.utils.remove_spectral_norm": False, "torch.nn.utils.spectral_norm.remove_spectral_norm": False,
    "torch.nn.utils.parametrize.remove_parametrizations": True, "torch.nn.utils.prune.remove": True,
}  # fmt: skip
"""Functions that make a parameter of the weight again, and whether it then has the flag of what it came from."""
