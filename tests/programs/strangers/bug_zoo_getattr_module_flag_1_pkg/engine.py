import torch.nn.functional as F


def train_one_epoch(model, loader, optimizer, device, epoch, log_freq=10):
    model.train()
    total = 0.0
    for it, (images, targets) in enumerate(loader):
        images, targets = images.to(device), targets.to(device)
        loss = F.cross_entropy(model(images), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
        if it % log_freq == 0:
            print(f"epoch {epoch} it {it} loss {loss.item():.4f}")
    return total
