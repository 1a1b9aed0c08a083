# label: ok
# category: train-eval-attributes-of-a-data-holder
# rule: FRZ105, FRZ106, FRZ304
# truth: clean; layers.* move
"""`train` and `eval` are splits and options here, not modes."""
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset, random_split


class Data:
    def __init__(self, n=24):
        full = TensorDataset(torch.randn(n, 4), torch.randint(0, 2, (n,)))
        self.train, self.eval = random_split(full, [n - 8, 8])
        self.freeze = False


class Runner:
    def __init__(self, model, data):
        self.model, self.data = model, data
        self.eval = True
        self.opt = torch.optim.SGD(model.parameters(), lr=0.1)

    def train(self):
        for x, y in DataLoader(self.data.train, batch_size=4, shuffle=True):
            self.model.train()
            self.opt.zero_grad()
            nn.functional.cross_entropy(self.model(x), y).backward()
            self.opt.step()
        if self.eval:
            self.validate()

    @torch.no_grad()
    def validate(self):
        self.model.eval()
        return sum((self.model(x).argmax(1) == y).sum().item() for x, y in DataLoader(self.data.eval, batch_size=4))


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(4, 8), nn.Dropout(0.1), nn.ReLU(), nn.Linear(8, 2))

    def forward(self, x):
        return self.layers(x)


runner = Runner(Mlp(), Data())
runner.train()
runner.train()
