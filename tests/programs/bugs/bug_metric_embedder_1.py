# label: bug
# category: metric-embedder
# rule: FRZ106
# line: 32
# truth: `parameters` is not called: iterating a method raises
# raises: TypeError
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class EmbeddingNet(nn.Module):
    def __init__(self):
        super(EmbeddingNet, self).__init__()
        self.convnet = nn.Sequential(nn.Conv2d(1, 4, 5), nn.PReLU(), nn.MaxPool2d(2, stride=2))
        self.fc = nn.Linear(4 * 4, 2)

    def forward(self, x):
        return self.fc(self.convnet(x).flatten(1))


class TripletNet(nn.Module):
    def __init__(self, embedding_net):
        super(TripletNet, self).__init__()
        self.embedding_net = embedding_net

    def forward(self, *xs):
        return tuple(self.embedding_net(x) for x in xs)

    def freeze_convs(self):
        net = self.embedding_net.convnet
        for p in net.parameters:
            p.requires_grad_(False)


loader = DataLoader(TensorDataset(torch.rand(6, 1, 9, 9), torch.rand(6, 1, 9, 9), torch.rand(6, 1, 9, 9)), batch_size=3)
model = TripletNet(EmbeddingNet())
model.freeze_convs()
loss_fn = nn.TripletMarginLoss(1.0)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for a, p, n in loader:
    optimizer.zero_grad()
    loss_fn(*model(a, p, n)).backward()
    optimizer.step()
