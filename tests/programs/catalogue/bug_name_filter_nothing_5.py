# label: bug
# category: name-filter-nothing
# rule: FRZ111
# line: 24
# truth: no sub-module is called encoder.layers.3: nothing of the upper layers is unfrozen, 2 tensors require grad
import torch
from torch import nn


class Reader(nn.Module):
    def __init__(self, depth=3):
        super().__init__()
        self.encoder = nn.ModuleDict({"layers": nn.ModuleList([nn.Linear(4, 4) for _ in range(depth)])})
        self.head = nn.Linear(4, 2)

    def forward(self, x):
        for layer in self.encoder["layers"]:
            x = layer(x).relu()
        return self.head(x)


def unfreeze(model, wanted):
    for name, module in model.named_modules():
        if name == wanted:
            module.requires_grad_(True)


reader = Reader()
for p in reader.encoder.parameters():
    p.requires_grad = False
unfreeze(reader, "encoder.layers.3")
optimizer = torch.optim.AdamW([p for p in reader.parameters() if p.requires_grad])
reader(torch.randn(2, 4)).sum().backward()
optimizer.step()
print(sum(p.requires_grad for p in reader.parameters()))
