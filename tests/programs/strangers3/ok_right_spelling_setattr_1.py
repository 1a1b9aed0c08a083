# label: ok
# category: right-spelling-setattr
# rule: FRZ102
# truth: setattr with the right name from a config dict freezes the listed parts
import torch
from torch import nn

cfg = {
    "freeze": {"parts": ["embed", "encoder.0"], "attr": "requires_grad"},
    "optim": {"lr": 1e-2},
}


class Model(nn.Module):
    def __init__(self, d=6):
        super().__init__()
        self.embed = nn.Embedding(15, d)
        self.encoder = nn.ModuleList([nn.Linear(d, d), nn.Linear(d, d)])
        self.out = nn.Linear(d, 2)

    def forward(self, ids):
        x = self.embed(ids).mean(1)
        for layer in self.encoder:
            x = torch.relu(layer(x))
        return self.out(x)


def get_part(model, dotted):
    obj = model
    for piece in dotted.split("."):
        obj = obj[int(piece)] if piece.isdigit() else getattr(obj, piece)
    return obj


model = Model()
for part in cfg["freeze"]["parts"]:
    for p in get_part(model, part).parameters():
        setattr(p, cfg["freeze"]["attr"], False)
opt = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], **cfg["optim"])
for _ in range(2):
    loss = nn.functional.cross_entropy(model(torch.randint(0, 15, (4, 3))), torch.randint(0, 2, (4,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
