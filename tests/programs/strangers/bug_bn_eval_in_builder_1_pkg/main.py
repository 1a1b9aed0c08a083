# label: bug
# category: bn-eval-in-builder
# rule: FRZ302
# line: models/builder.py:22
# truth: build_model puts the norms in eval mode, engine.train_one_epoch calls model.train(): they go back to train mode
import torch

from engine import train_one_epoch
from models import build_model

CFG = {"dim": 4, "fix_encoder": True, "epochs": 2, "lr": 1e-2}


def main(cfg):
    torch.manual_seed(0)
    model = build_model(cfg)
    criterion = torch.nn.L1Loss()
    optimizer = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=cfg["lr"])
    loader = [(torch.rand(2, 3, 16, 16) * 4, torch.rand(2, 1, 16, 16)) for _ in range(2)]
    for epoch in range(cfg["epochs"]):
        print(epoch, train_one_epoch(model, criterion, loader, optimizer, cfg))


if __name__ == "__main__":
    main(CFG)
