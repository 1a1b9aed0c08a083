# label: bug
# category: no-grad-tuned
# rule: FRZ402
# line: 17
# truth: tune_vision_tower sets the tower trainable, but its forward is decorated with no_grad: grad None at every step
import torch
from torch import nn


class VisionTower(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.patch = nn.Conv2d(3, d, 4, 4)
        self.block = nn.Sequential(nn.LayerNorm(d), nn.Linear(d, d), nn.GELU())
        self.requires_grad_(False)

    @torch.no_grad()
    def forward(self, images):
        return self.block(self.patch(images).flatten(2).transpose(1, 2))


class Llava(nn.Module):
    def __init__(self, d=8, vocab=12):
        super().__init__()
        self.vision_tower = VisionTower(d)
        self.mm_projector = nn.Linear(d, d)
        self.lm_head = nn.Linear(d, vocab)

    def forward(self, images):
        return self.lm_head(self.mm_projector(self.vision_tower(images)).mean(1))


def make_model(model_args):
    model = Llava()
    if model_args["tune_vision_tower"]:
        model.vision_tower.requires_grad_(True)
    return model


model_args = {"tune_vision_tower": True, "lr": 1e-3}
model = make_model(model_args)
optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=model_args["lr"])
for _ in range(3):
    images, labels = torch.rand(2, 3, 8, 8), torch.randint(0, 12, (2,))
    loss = nn.functional.cross_entropy(model(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
