"""What torch's optimizers take and how they treat gradients of zeros and missing ones, as data."""

from __future__ import annotations

import msgspec

from freezelint.core.events import OptimizerTraits
from freezelint.core.truth import Truth


class OptimizerFact(msgspec.Struct, frozen=True):
    """An optimizer's parameters after `params`, in order, the defaults that matter here, and its traits."""

    positions: tuple[str, ...]
    defaults: tuple[tuple[str, float], ...]
    traits: OptimizerTraits


def _fact(positions: str, history: str, *, decay: float | None = 0, momentum: float | None = None) -> OptimizerFact:
    defaults = [("weight_decay", decay)] if decay is not None else []
    defaults += [("momentum", momentum)] if momentum is not None else []
    traits = OptimizerTraits(decays=Truth.of(decay is not None), history=history, flat=Truth.NO)
    return OptimizerFact(tuple(positions.split()), tuple(defaults), traits)


_FACTS: dict[str, OptimizerFact] = {
    "SGD": _fact("lr momentum dampening weight_decay nesterov", "momentum", momentum=0),
    "Adam": _fact("lr betas eps weight_decay amsgrad", "always"),
    "AdamW": _fact("lr betas eps weight_decay amsgrad", "always", decay=0.01),
    "Adamax": _fact("lr betas eps weight_decay", "always"),
    "NAdam": _fact("lr betas eps weight_decay momentum_decay", "always"),
    "RAdam": _fact("lr betas eps weight_decay", "always"),
    "Muon": _fact("lr weight_decay momentum", "momentum", decay=0.1, momentum=0.95),
    "RMSprop": _fact("lr alpha eps weight_decay momentum centered", "momentum", momentum=0),
    "Adagrad": _fact("lr lr_decay weight_decay initial_accumulator_value eps", "never"),
    "Adadelta": _fact("lr rho eps weight_decay", "never"),
    "Adafactor": _fact("lr beta2_decay eps d weight_decay", "never"),
    # ASGD keeps an average that it drifts by a hair at a zero gradient: not worth a word.
    "ASGD": _fact("lr lambd alpha t0 weight_decay", "never"),
    "Rprop": _fact("lr etas step_sizes", "never", decay=None),
}
_LBFGS = OptimizerFact(
    ("lr", "max_iter", "max_eval", "tolerance_grad", "tolerance_change", "history_size", "line_search_fn"),
    (),
    OptimizerTraits(decays=Truth.NO, history="always", flat=Truth.YES),
)


def optimizer_fact(name: str) -> OptimizerFact | None:
    """The fact of an optimizer class by its dotted name; None for one that is not torch's own."""
    package, _, cls = name.rpartition(".")
    if not (package + ".").startswith("torch.optim."):
        return None
    return _LBFGS if cls == "LBFGS" else _FACTS.get(cls)
