# label: bug
# category: eval-undone-by-train
# rule: FRZ302
# line: 28
# truth: train() of the compiled model puts the frozen text encoder back: its dropout is active in training
import torch
import torch.nn as nn


class TextEncoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = nn.Embedding(30, 16)
        layer = nn.TransformerEncoderLayer(16, 2, 32, dropout=0.1, batch_first=True)
        self.blocks = nn.TransformerEncoder(layer, 1)

    def forward(self, ids):
        return self.blocks(self.emb(ids)).mean(1)


class Classifier(nn.Module):
    def __init__(self, text):
        super().__init__()
        self.text = text
        self.out = nn.Linear(16, 2)
        for p in self.text.parameters():
            p.requires_grad = False
        self.text.eval()

    def forward(self, ids):
        return self.out(self.text(ids))


model = Classifier(TextEncoder())
fast = torch.compile(model, backend="eager")
opt = torch.optim.AdamW(model.out.parameters(), lr=1e-3)
for epoch in range(2):
    fast.train()
    for _ in range(2):
        ids, y = torch.randint(0, 30, (4, 5)), torch.randint(0, 2, (4,))
        loss = nn.functional.cross_entropy(fast(ids), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
