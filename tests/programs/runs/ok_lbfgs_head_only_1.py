# label: ok
# category: lbfgs-over-the-head
# rule: FRZ202
# truth: LBFGS holds the head alone; the frozen layers stand still
import torch
from torch import nn

torch.manual_seed(1)
x, y = torch.randn(50, 4), torch.randn(50, 1)
body = nn.Sequential(nn.Linear(4, 8), nn.Tanh())
head = nn.Linear(8, 1)
for p in body.parameters():
    p.requires_grad = False
start = body[0].weight.detach().clone()
optimizer = torch.optim.LBFGS(head.parameters(), max_iter=5, line_search_fn="strong_wolfe")


def closure():
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(head(body(x)), y)
    loss.backward()
    return loss


for _ in range(3):
    optimizer.step(closure)
