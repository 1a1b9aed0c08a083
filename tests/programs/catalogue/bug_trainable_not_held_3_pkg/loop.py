import torch


def train(model, criterion, steps=3):
    """Train the model for a few steps."""
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(steps):
        loss = criterion(model(torch.randn(4, 5)), torch.randint(0, 3, (4,)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
