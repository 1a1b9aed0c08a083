# label: bug
# category: bert-layer-list
# rule: FRZ112
# line: 44
# truth: find() is -1 (true) for names without the prefix: every parameter is frozen but those that start with the layer's name
import torch
from torch import nn


class Layer(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.attention = nn.Linear(d, d)
        self.LayerNorm = nn.LayerNorm(d)

    def forward(self, x):
        return self.LayerNorm(x + self.attention(x))


class Encoder(nn.Module):
    def __init__(self, d, n):
        super().__init__()
        self.layer = nn.ModuleList([Layer(d) for _ in range(n)])

    def forward(self, x):
        for l in self.layer:
            x = l(x)
        return x


class BertClassifier(nn.Module):
    def __init__(self, d=8, n=3, n_class=2):
        super().__init__()
        self.encoder = Encoder(d, n)
        self.pooler = nn.Linear(d, d)
        self.classifier = nn.Linear(d, n_class)

    def forward(self, x):
        return self.classifier(torch.tanh(self.pooler(self.encoder(x)[:, 0])))


model = BertClassifier()
for name, param in model.named_parameters():
    if name.find("encoder.layer.0"):
        # lowest layer: keep the pre-trained weights
        param.requires_grad = False

no_decay = ["bias", "LayerNorm.weight"]
named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
groups = [
    {"params": [p for n, p in named if not any(nd in n for nd in no_decay)], "weight_decay": 0.01},
    {"params": [p for n, p in named if any(nd in n for nd in no_decay)], "weight_decay": 0.0},
]
optimizer = torch.optim.AdamW(groups, lr=2e-3)
for step in range(2):
    logits = model(torch.randn(4, 3, 8))
    loss = nn.functional.cross_entropy(logits, torch.tensor([0, 1, 1, 0]))
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    model.zero_grad()
