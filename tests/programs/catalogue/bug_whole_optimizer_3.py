# label: bug
# category: whole-optimizer
# rule: FRZ402
# line: 15
# truth: backbone.* requires grad, sits in the optimizer and has grad None at every step; head.* moves
import torch
from torch import nn

backbone = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten())
head = nn.Linear(4, 3)
model = nn.ModuleDict({"backbone": backbone, "head": head})
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)


@torch.inference_mode()
def features(images):
    return backbone(images)


for _ in range(3):
    images, labels = torch.randn(4, 1, 6, 6), torch.randint(0, 3, (4,))
    logits = head(features(images).clone())
    loss = nn.functional.cross_entropy(logits, labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
