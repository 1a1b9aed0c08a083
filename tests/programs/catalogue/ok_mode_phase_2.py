# label: ok
# category: mode-phase
# rule: FRZ404, FRZ405
# truth: clean; net.* moves in the train phase only
import torch
from torch import nn

net = nn.Sequential(nn.Linear(4, 6), nn.ReLU(), nn.Linear(6, 2))
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
for epoch in range(2):
    for phase in ["train", "val"]:
        training = phase == "train"
        net.train(training)
        torch.set_grad_enabled(training)
        for _ in range(2):
            x, y = torch.randn(3, 4), torch.tensor([0, 1, 0])
            loss = nn.functional.cross_entropy(net(x), y)
            if phase == "train":
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
