# label: ok
# category: compiled-with-override
# rule: FRZ101, FRZ302
# truth: the frozen encoder stays in eval mode and does not move; the head does
import torch
import torch.nn as nn


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.text = nn.Sequential(nn.Linear(5, 16), nn.BatchNorm1d(16), nn.Dropout(0.3))
        self.text.requires_grad_(False)
        self.out = nn.Linear(16, 2)

    def train(self, mode: bool = True):
        super().train(mode)
        self.text.train(False)
        return self

    def forward(self, x):
        return self.out(self.text(x))


model = Classifier()
fast = torch.compile(model, backend="eager")
opt = torch.optim.AdamW(model.out.parameters(), lr=1e-3)
mean = model.text[1].running_mean.clone()
for epoch in range(2):
    model.train()
    for _ in range(2):
        loss = nn.functional.cross_entropy(fast(torch.randn(4, 5)), torch.randint(0, 2, (4,)))
        opt.zero_grad()
        loss.backward()
        opt.step()
