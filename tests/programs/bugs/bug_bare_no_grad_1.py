# label: bug
# category: bare-no-grad
# rule: FRZ403
# line: 22
# truth: the statement creates a context and drops it: validation still records gradients
import torch
from torch import nn, optim


def train(model, device, optimizer, n_batches):
    model.train()
    for _ in range(n_batches):
        data, target = torch.randn(4, 8).to(device), torch.randint(0, 2, (4,)).to(device)
        optimizer.zero_grad()
        loss = nn.functional.nll_loss(model(data), target)
        loss.backward()
        optimizer.step()


def test(model, device, n_batches):
    model.eval()
    torch.no_grad()
    total = 0
    for _ in range(n_batches):
        data, target = torch.randn(4, 8).to(device), torch.randint(0, 2, (4,)).to(device)
        total += nn.functional.nll_loss(model(data), target, reduction="sum")
    return total


def main():
    device = torch.device("cpu")
    model = nn.Sequential(nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 2), nn.LogSoftmax(dim=1)).to(device)
    optimizer = optim.Adadelta(model.parameters(), lr=1.0)
    for epoch in range(1, 3):
        train(model, device, optimizer, 3)
        print(epoch, test(model, device, 2))


if __name__ == "__main__":
    main()
