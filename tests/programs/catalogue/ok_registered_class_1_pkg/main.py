# label: ok
# category: registered-class
# rule: FRZ301
# truth: the backbone that the registry builds keeps its layers in eval mode whatever is called on the model: its statistics stay
import torch
from torch import nn
from zoo import build

model = build({"type": "Classifier", "backbone": "Convs", "width": 4})
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.1)
for _ in range(2):
    model.train()
    loss = nn.functional.cross_entropy(model(torch.randn(4, 3, 6, 6)), torch.tensor([0, 1, 0, 1]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
