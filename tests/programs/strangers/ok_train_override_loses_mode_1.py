# label: ok
# category: train-override-loses-mode
# rule: FRZ304
# truth: train(mode) returns the model
import torch
from torch import nn


class Visual(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.conv = nn.Conv2d(3, d, 4, 4)
        self.bn = nn.BatchNorm2d(d)

    def forward(self, x):
        return self.bn(self.conv(x)).relu().flatten(2).transpose(1, 2)


class VQA(nn.Module):
    def __init__(self, d=6, vocab=10, answers=3):
        super().__init__()
        self.visual = Visual(d)
        self.visual.requires_grad_(False)
        self.question = nn.EmbeddingBag(vocab, d)
        self.answer = nn.Linear(2 * d, answers)

    def train(self, mode=True):
        super().train(mode)
        self.visual.eval()
        return self

    def forward(self, img, q):
        return self.answer(torch.cat([self.visual(img).mean(1), self.question(q)], -1))


def build(d):
    return VQA(d)


def loop(model, optimizer, epochs=2):
    for epoch in range(epochs):
        model.train()
        for _ in range(2):
            img, q, a = torch.rand(4, 3, 8, 8), torch.randint(0, 10, (4, 5)), torch.randint(0, 3, (4,))
            loss = nn.functional.cross_entropy(model(img, q), a)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()


torch.manual_seed(0)
vqa = build(6)
opt = torch.optim.Adam([p for p in vqa.parameters() if p.requires_grad], lr=1e-2)
loop(vqa, opt)
print(type(vqa.eval()))
