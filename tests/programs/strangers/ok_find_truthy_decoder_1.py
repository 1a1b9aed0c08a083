# label: ok
# category: find-truthy-decoder
# rule: FRZ112
# truth: the result of find is compared with -1
import json

import torch
from torch import nn

CONFIG = json.loads("""
{"hidden": 8, "vocab": 12, "lr": 0.01, "epochs": 2,
 "finetune": {"mode": "decoder_only", "keyword": "decoder"}}
""")


class CaptionNet(nn.Module):
    def __init__(self, hidden, vocab):
        super().__init__()
        self.encoder = nn.Sequential(nn.Conv2d(3, hidden, 4, 4), nn.ReLU(), nn.Flatten(), nn.Linear(hidden * 4, hidden))
        self.decoder = nn.ModuleDict(dict(
            embed=nn.Embedding(vocab, hidden),
            cell=nn.GRUCell(hidden, hidden),
            out=nn.Linear(hidden, vocab),
        ))

    def forward(self, img, caption):
        h = self.encoder(img)
        steps = []
        for t in range(caption.size(1)):
            h = self.decoder["cell"](self.decoder["embed"](caption[:, t]), h)
            steps.append(self.decoder["out"](h))
        return torch.stack(steps, 1)


def set_finetune(model, cfg):
    if cfg["mode"] != "decoder_only":
        return
    for name, p in model.named_parameters():
        if name.find(cfg["keyword"]) != -1:
            continue
        p.requires_grad = False


class Runner(object):
    def __init__(self, config):
        self.config = config
        self.model = CaptionNet(config["hidden"], config["vocab"])
        set_finetune(self.model, config["finetune"])
        self.opt = torch.optim.Adam([p for p in self.model.parameters() if p.requires_grad], lr=config["lr"])

    def step(self, batch):
        img, cap = batch
        loss = nn.functional.cross_entropy(self.model(img, cap[:, :-1]).flatten(0, 1), cap[:, 1:].flatten())
        self.opt.zero_grad()
        loss.backward()
        self.opt.step()
        return loss.item()

    def run(self):
        for _ in range(self.config["epochs"]):
            self.model.train()
            print(self.step((torch.rand(2, 3, 8, 8), torch.randint(0, 12, (2, 5)))))


if __name__ == "__main__":
    torch.manual_seed(0)
    Runner(CONFIG).run()
