# label: bug
# category: unregistered-layers
# rule: FRZ119
# line: 16
# truth: the task heads are held in a plain dict; model.parameters() lacks them, so no head ever moves
import torch
from torch import nn

TASKS = {"age": 1, "gender": 2, "smile": 2}


class MultiTask(nn.Module):
    def __init__(self, tasks):
        super().__init__()
        self.shared = nn.Sequential(nn.Linear(8, 8), nn.ReLU())
        self.heads = {name: nn.Linear(8, n) for name, n in tasks.items()}

    def forward(self, x):
        h = self.shared(x)
        return {name: head(h) for name, head in self.heads.items()}


def losses(out, batch):
    total = nn.functional.mse_loss(out["age"].squeeze(-1), batch["age"])
    for k in ("gender", "smile"):
        total = total + nn.functional.cross_entropy(out[k], batch[k])
    return total


model = MultiTask(TASKS)
for param in model.shared.parameters():
    param.requires_grad_(True)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
for it in range(3):
    batch = {"x": torch.randn(5, 8), "age": torch.rand(5), "gender": torch.randint(0, 2, (5,)),
             "smile": torch.randint(0, 2, (5,))}
    loss = losses(model(batch["x"]), batch)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
