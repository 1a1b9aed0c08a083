from dataclasses import dataclass
from typing import Callable


@dataclass
class Stage:
    name: str
    loss: Callable
    steps: int


def only(model, name):
    """Leaves one child trainable and in train mode; all others are frozen and at rest."""
    for key, child in model.named_children():
        active = key == name
        child.requires_grad_(active)
        child.train(active)
    return getattr(model, name)


def run_stages(model, stages, make_optimizer, sample):
    for stage in stages:
        part = only(model, stage.name)
        before = {k: v.clone() for k, v in model.state_dict().items() if not k.startswith(stage.name)}
        optimizer = make_optimizer(part.parameters())
        for _ in range(stage.steps):
            optimizer.zero_grad()
            stage.loss(model, sample()).backward()
            optimizer.step()
        assert all(v.equal(model.state_dict()[k]) for k, v in before.items())
