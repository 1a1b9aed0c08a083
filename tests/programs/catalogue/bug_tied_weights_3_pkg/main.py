# label: bug
# category: tied-weights
# rule: FRZ123
# line: main.py:12
# truth: out.weight is the same parameter as table.weight: the optimizer of `out` moves its bias alone
import torch
from nets import Recommender

model = Recommender(20)
model.share()
table = model.table
table.requires_grad_(False)
optimizer = torch.optim.Adagrad(model.out.parameters(), lr=0.1)
before = model.out.weight.clone(), model.out.bias.clone()
for _ in range(2):
    optimizer.zero_grad()
    model(torch.randint(0, 20, (4,))).logsumexp(1).mean().backward()
    optimizer.step()
print(torch.equal(before[0], model.out.weight), torch.equal(before[1], model.out.bias))
