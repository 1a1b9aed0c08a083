# label: ok
# category: stages-with-their-own-optimizers
# rule: FRZ114, FRZ203, FRZ201, FRZ302, FRZ206
# truth: clean; Vae:* move, Linear:* move; each stage leaves the other part, weights and statistics, where it was
"""Two-stage training: first the autoencoder, then a prior over its frozen codes."""
from functools import partial

import torch
from stages import Stage, run_stages
from vae import TwoStage

torch.manual_seed(0)
model = TwoStage()
adam = partial(torch.optim.Adam, lr=1e-2)
stages = [
    Stage(name="vae", loss=lambda m, x: (m.vae(x) - x).pow(2).mean(), steps=3),
    Stage(name="prior", loss=lambda m, x: m.prior_loss(x), steps=3),
]
run_stages(model, stages, adam, lambda: torch.randn(8, 6))
