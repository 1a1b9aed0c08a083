# label: ok
# category: instantiate-target
# rule: FRZ301,FRZ205,FRZ201
# truth: clean
import importlib

import torch

CONFIG = {
    "model": {
        "_target_": "nets.Segmenter",
        "encoder": {"_target_": "nets.ConvEncoder", "width": 6},
        "freeze_encoder": True,
    },
    "optimizer": {"_target_": "torch.optim.SGD", "lr": 0.1},
}


def instantiate(cfg, *args, **kwargs):
    cfg = dict(cfg)
    module, _, name = cfg.pop("_target_").rpartition(".")
    cls = getattr(importlib.import_module(module), name)
    built = {k: instantiate(v) if isinstance(v, dict) and "_target_" in v else v for k, v in cfg.items()}
    return cls(*args, **{**built, **kwargs})


def main():
    model = instantiate(CONFIG["model"])
    optimizer = instantiate(CONFIG["optimizer"], (p for p in model.parameters() if p.requires_grad))
    for epoch in range(2):
        model.train()
        for _ in range(2):
            loss = model(torch.randn(4, 3, 8, 8)).square().mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()


if __name__ == "__main__":
    main()
