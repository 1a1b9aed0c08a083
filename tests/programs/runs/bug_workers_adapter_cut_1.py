# label: bug
# category: adapter-inside-no-grad
# rule: FRZ401
# line: 34
# truth: the adapter sits inside the block without gradients: it is in the optimizer and never has one
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset


class Squares(Dataset):
    def __len__(self):
        return 32

    def __getitem__(self, i):
        g = torch.Generator().manual_seed(i)
        x = torch.randn(8, generator=g)
        return x, (x.sum() > 0).long()


class Frozen(nn.Module):
    def __init__(self):
        super().__init__()
        self.base = nn.Linear(8, 16)
        self.base.requires_grad_(False)
        self.adapter = nn.Sequential(nn.Linear(16, 4), nn.ReLU(), nn.Linear(4, 16))
        self.head = nn.Linear(16, 2)

    def features(self, x):
        h = self.base(x)
        return h + self.adapter(h)

    def forward(self, x):
        with torch.no_grad():
            h = self.features(x)
        return self.head(h)


if __name__ == "__main__":
    model = Frozen()
    start = model.adapter[0].weight.detach().clone()
    loader = DataLoader(Squares(), batch_size=8, num_workers=2)
    trainable = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.Adam(trainable, lr=1e-2)
    for epoch in range(2):
        for x, y in loader:
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x), y).backward()
            optimizer.step()
