# label: bug
# category: classifier-replaced-late
# rule: FRZ204
# line: 55
# truth: the classifier is made anew when the class count of the data is known, after the optimizer: the new one never moves
import torch
from torch import nn
from torch.optim import SGD


class BasicBlock(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.conv1 = nn.Conv2d(c, c, 3, padding=1)
        self.conv2 = nn.Conv2d(c, c, 3, padding=1)

    def forward(self, x):
        return torch.relu(x + self.conv2(torch.relu(self.conv1(x))))


class SmallNet(nn.Module):
    def __init__(self, num_classes=1000):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3, 2, 1)
        self.layer1 = BasicBlock(4)
        self.fc = nn.Linear(4, num_classes)

    def forward(self, x):
        return self.fc(self.layer1(self.conv1(x)).mean((2, 3)))


class Engine:
    """fit / validate in the style of small course repositories."""

    def __init__(self, config):
        self.config = config
        self.net = SmallNet()
        self._freeze_trunk()
        self.setup_optim()
        self.setup_data()

    def _freeze_trunk(self):
        for name, param in self.net.named_parameters():
            if not name.startswith("fc"):
                param.requires_grad = False

    def setup_optim(self):
        trainable = [p for p in self.net.parameters() if p.requires_grad]
        self.optimizer = SGD(trainable, lr=self.config["lr"], momentum=0.9, weight_decay=1e-4)

    def setup_data(self):
        self.data = [(torch.rand(4, 3, 8, 8), torch.randint(0, 5, (4,))) for _ in range(3)]
        n = 1 + max(int(y.max()) for _, y in self.data)
        if self.net.fc.out_features != n:
            self.net.fc = nn.Linear(self.net.fc.in_features, n)

    def fit(self):
        for epoch in range(self.config["epochs"]):
            self.net.train()
            for x, y in self.data:
                self.optimizer.zero_grad()
                loss = nn.functional.cross_entropy(self.net(x), y)
                loss.backward()
                self.optimizer.step()


torch.manual_seed(0)
eng = Engine({"lr": 0.05, "epochs": 2})
eng.fit()
