# label: ok
# category: dropout-belongs-to-the-trained-part
# rule: FRZ303, FRZ301
# truth: clean; encoder.* stay still, classifier.* move; two passes of the encoder in train mode agree
import torch
from torch import nn


class Encoder(nn.Module):
    def __init__(self, d=8, p_drop=0.0):
        super().__init__()
        self.attn = nn.MultiheadAttention(d, 2, dropout=p_drop, batch_first=True)
        self.norm = nn.LayerNorm(d)
        self.drop = nn.Dropout(p_drop)

    def forward(self, x):
        return self.norm(x + self.drop(self.attn(x, x, x)[0]))


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.classifier = nn.Sequential(nn.Dropout(0.5), nn.Linear(8, 8), nn.ReLU(), nn.Dropout(0.3), nn.Linear(8, 2))

    def forward(self, x):
        return self.classifier(self.encoder(x).mean(1))


torch.manual_seed(0)
model = Model()
for p in model.encoder.parameters():
    p.requires_grad_(False)
optimizer = torch.optim.AdamW(model.classifier.parameters(), lr=1e-2)
model.train()
x = torch.randn(4, 3, 8)
assert torch.equal(model.encoder(x), model.encoder(x))
for _ in range(4):
    optimizer.zero_grad()
    nn.functional.cross_entropy(model(x), torch.tensor([0, 1, 1, 0])).backward()
    optimizer.step()
