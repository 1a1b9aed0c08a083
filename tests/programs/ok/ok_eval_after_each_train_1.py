# label: ok
# category: eval-after-every-train
# rule: FRZ301, FRZ302
# truth: clean; visual.* stay still, statistics of visual.* stay still, lm.* move
import torch
import torch.nn as nn


class Captioner(nn.Module):
    def __init__(self, vocab=15):
        super().__init__()
        self.visual = nn.Sequential(nn.Conv2d(3, 5, 3), nn.BatchNorm2d(5), nn.ReLU(), nn.BatchNorm2d(5))
        self.lm = nn.LSTM(5, vocab, batch_first=True)

    def forward(self, img, length):
        v = self.visual(img).mean((2, 3))
        out, _ = self.lm(v.unsqueeze(1).expand(-1, length, -1))
        return out


def set_mode(model, training):
    """Train mode for all but the image encoder."""
    model.train(training)
    model.visual.eval()


def evaluate(model):
    set_mode(model, False)
    with torch.no_grad():
        return model(torch.rand(2, 3, 6, 6), 3).shape


captioner = Captioner()
for p in captioner.visual.parameters():
    p.requires_grad = False
optimizer = torch.optim.Adam(captioner.lm.parameters(), lr=1e-2)
for epoch in range(3):
    set_mode(captioner, True)
    for _ in range(2):
        words = torch.randint(0, 15, (3, 4))
        scores = captioner(torch.rand(3, 3, 6, 6), 4)
        loss = nn.functional.cross_entropy(scores.transpose(1, 2), words)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    evaluate(captioner)
