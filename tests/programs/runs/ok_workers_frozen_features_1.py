# label: ok
# category: features-without-gradients
# rule: FRZ401, FRZ402
# truth: all that runs without gradients is frozen; the adapter behind it gets gradients and moves
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset


class Squares(Dataset):
    def __len__(self):
        return 16

    def __getitem__(self, i):
        x = torch.randn(8, generator=torch.Generator().manual_seed(i))
        return x, (x.sum() > 0).long()


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.base = nn.Linear(8, 16).requires_grad_(False)
        self.adapter = nn.Linear(16, 16)
        self.head = nn.Linear(16, 2)

    def forward(self, x):
        with torch.no_grad():
            h = self.base(x)
        return self.head(h + self.adapter(h))


if __name__ == "__main__":
    model = Net()
    start = model.adapter.weight.detach().clone()
    optimizer = torch.optim.Adam([p for p in model.parameters() if p.requires_grad], lr=1e-2)
    for epoch in range(2):
        for x, y in DataLoader(Squares(), batch_size=8, num_workers=2):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x), y).backward()
            optimizer.step()
