# label: bug
# category: projection-without-gradients
# rule: FRZ402
# line: 20
# truth: the projection runs inside the block without gradients: it is in the optimizer and never gets one
import torch
import torchvision
from torch import nn

torch.manual_seed(0)
backbone = torchvision.models.mobilenet_v2(weights=None).features.eval()
backbone.requires_grad_(False)
projection = nn.Conv2d(1280, 32, 1)
classifier = nn.Linear(32, 3)
optimizer = torch.optim.Adam([*projection.parameters(), *classifier.parameters()], lr=1e-2)
start = projection.weight.detach().clone()


def embed(images):
    with torch.no_grad():
        maps = backbone(images)
        return projection(maps).mean((2, 3))


for _ in range(2):
    loss = nn.functional.cross_entropy(classifier(embed(torch.randn(2, 3, 32, 32))), torch.tensor([0, 2]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
