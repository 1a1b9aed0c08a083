# label: bug
# category: tuned-tower-under-no-grad
# rule: FRZ402
# line: 23
# truth: tune_text_tower sets the text tower trainable, but encode_text is decorated with no_grad: it never has a gradient
import torch
import torch.nn.functional as F
from torch import nn

conf = {
    "text": {"vocab": 20, "width": 8},
    "tune_text_tower": True,
    "optim": {"lr": 1e-2, "weight_decay": 0.01},
}


class TextTower(nn.Module):
    def __init__(self, vocab, width):
        super().__init__()
        self.token = nn.Embedding(vocab, width)
        self.mix = nn.GRU(width, width, batch_first=True)

    @torch.no_grad()
    def forward(self, ids):
        return self.mix(self.token(ids))[1][-1]


class Grounding(nn.Module):
    def __init__(self, conf):
        super().__init__()
        self.tune_text_tower = conf["tune_text_tower"]
        self.text_tower = TextTower(**conf["text"])
        for p in self.text_tower.parameters():
            p.requires_grad = self.tune_text_tower
        self.fuse = nn.Linear(8 + 5, 8)
        self.box = nn.Linear(8, 4)

    def forward(self, region, ids):
        t = self.text_tower(ids)
        return self.box(F.relu(self.fuse(torch.cat([region, t], -1)))).sigmoid()


torch.manual_seed(0)
m = Grounding(conf)
optimizer = torch.optim.AdamW([p for p in m.parameters() if p.requires_grad], **conf["optim"])
for step in range(4):
    region, ids, box = torch.randn(4, 5), torch.randint(0, 20, (4, 6)), torch.rand(4, 4)
    loss = F.l1_loss(m(region, ids), box)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
