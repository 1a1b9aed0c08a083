# label: ok
# category: unfreeze-adds-a-group
# rule: FRZ203
# truth: the block that is unfrozen is added to the optimizer and moves
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
stem, block, head = nn.Linear(10, 16), nn.Linear(16, 16), nn.Linear(16, 3)
net = nn.Sequential(stem, nn.ReLU(), block, nn.ReLU(), head)
for part in (stem, block):
    part.requires_grad_(False)
optimizer = torch.optim.AdamW(head.parameters(), lr=1e-2)
start = block.weight.detach().clone()
updates = 0
loader = DataLoader(TensorDataset(torch.randn(48, 10), torch.randint(0, 3, (48,))), batch_size=4)
for i, (x, y) in enumerate(loader, 1):
    (nn.functional.cross_entropy(net(x), y) / 3).backward()
    if i % 3 == 0:
        optimizer.step()
        optimizer.zero_grad()
        updates += 1
        if updates == 2:
            block.requires_grad_(True)
            optimizer.add_param_group({"params": list(block.parameters()), "lr": 1e-3})
