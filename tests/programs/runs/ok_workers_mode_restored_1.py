# label: ok
# category: validation-restores-the-mode
# rule: FRZ305, FRZ302
# truth: validation gives the model back the mode it had: it trains in train mode, the frozen stem is always in eval mode
import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Linear(6, 12), nn.BatchNorm1d(12))
        self.head = nn.Sequential(nn.Linear(12, 12), nn.BatchNorm1d(12), nn.ReLU(), nn.Linear(12, 2))

    def forward(self, x):
        return self.head(self.stem(x))


@torch.no_grad()
def validate(model, loader):
    was_training = model.head.training
    model.eval()
    right = sum((model(x).argmax(1) == y).sum().item() for x, y in loader)
    model.head.train(was_training)
    return right


if __name__ == "__main__":
    data = TensorDataset(torch.randn(16, 6), torch.randint(0, 2, (16,)))
    net = Net()
    net.stem.requires_grad_(False)
    net.stem.eval()
    mean = net.stem[1].running_mean.clone()
    modes = []
    opt = torch.optim.SGD(net.head.parameters(), lr=0.1)
    for epoch in range(3):
        for x, y in DataLoader(data, batch_size=8, num_workers=1, shuffle=True):
            modes.append(net.head.training)
            opt.zero_grad()
            nn.functional.cross_entropy(net(x), y).backward()
            opt.step()
        print(validate(net, DataLoader(data, batch_size=8)))
