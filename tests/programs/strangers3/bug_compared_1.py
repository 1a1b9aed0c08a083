# label: bug
# category: compared
# rule: FRZ103
# line: 39
# truth: the statement p.requires_grad == False compares and throws away: the image tower of the CLIP-like model keeps training
import torch
import torch.nn as nn
import torch.nn.functional as F


class ImageTower(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.proj = nn.Sequential(nn.Flatten(), nn.Linear(3 * 4 * 4, dim), nn.LayerNorm(dim))

    def forward(self, x):
        return self.proj(x)


class TextTower(nn.Module):
    def __init__(self, vocab, dim):
        super().__init__()
        self.emb = nn.EmbeddingBag(vocab, dim)

    def forward(self, t):
        return self.emb(t)


class TwoTower(nn.Module):
    def __init__(self, dim=8):
        super().__init__()
        self.visual = ImageTower(dim)
        self.text = TextTower(40, dim)
        self.logit_scale = nn.Parameter(torch.tensor(2.0))

    def lock_image_tower(self):
        for name, p in self.visual.named_parameters():
            if "proj" in name:
                p.requires_grad == False

    def forward(self, image, text):
        i = F.normalize(self.visual(image), dim=-1)
        t = F.normalize(self.text(text), dim=-1)
        return self.logit_scale.exp() * i @ t.t()


def clip_loss(logits):
    labels = torch.arange(logits.size(0))
    return (F.cross_entropy(logits, labels) + F.cross_entropy(logits.t(), labels)) / 2


model = TwoTower()
model.lock_image_tower()
params = [p for n, p in model.named_parameters() if p.requires_grad]
optimizer = torch.optim.AdamW(params, lr=5e-3, weight_decay=0.1)
for step in range(3):
    loss = clip_loss(model(torch.randn(4, 3, 4, 4), torch.randint(0, 40, (4, 5))))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
