# label: bug
# category: module-attr
# rule: FRZ101
# line: 26
# truth: the text encoder behind the DataParallel wrapper is not frozen, its embedding rows change
import torch
from torch import nn


class TextClassifier(nn.Module):
    def __init__(self, vocab_size=30, dim=8):
        super().__init__()
        self.text_encoder = nn.ModuleDict({"emb": nn.Embedding(vocab_size, dim), "proj": nn.Linear(dim, dim)})
        self.classifier = nn.Linear(dim, 2)

    def forward(self, ids):
        h = self.text_encoder["proj"](self.text_encoder["emb"](ids)).mean(1)
        return self.classifier(h)


model = nn.DataParallel(TextClassifier())

freeze_encoder = True
if freeze_encoder:
    enc = model.module.text_encoder
    enc.requires_grad = False
    print("text encoder frozen")

optimizer = torch.optim.AdamW(model.parameters(), lr=5e-3, weight_decay=0.0)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=2)
ids = torch.arange(30).view(6, 5)
y = torch.tensor([0, 1, 0, 1, 0, 1])
for _ in range(3):
    model.train()
    loss = nn.functional.cross_entropy(model(ids), y)
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    scheduler.step()
