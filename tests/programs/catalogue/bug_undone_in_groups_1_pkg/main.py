# label: bug
# category: undone-in-groups
# rule: FRZ114
# line: optim.py:4
# truth: param_groups sets the flag of all parameters while it sorts them; the frozen text tower trains
import torch

from nets import Towers
from optim import param_groups

torch.manual_seed(0)
model = Towers()
model.lock_text()
start = model.text.weight.detach().clone()
optimizer = torch.optim.SGD(param_groups(model, 0.01), lr=0.1, momentum=0.9)
for _ in range(3):
    loss = model(torch.randn(4, 6), torch.randn(4, 5))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
