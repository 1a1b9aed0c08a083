# label: bug
# category: early-stop-freeze-all
# rule: FRZ206
# line: 24
# truth: the freeze comes after the new classifier: nothing requires grad at backward
# raises: RuntimeError
import torch
from torch import nn
from torchvision import models


def build_model(n_out, pretrained=False, fine_tune=False):
    model = models.vgg11(weights=None)
    model.features = model.features[:6]
    model.avgpool = nn.AdaptiveAvgPool2d((1, 1))
    model.classifier = nn.Sequential(nn.Linear(128, 16), nn.ReLU(), nn.Dropout(0.2), nn.Linear(16, n_out))
    if fine_tune:
        print("[INFO]: Fine-tuning all layers...")
        for params in model.parameters():
            params.requires_grad = True
    elif not fine_tune:
        print("[INFO]: Freezing hidden layers...")
        for params in model.parameters():
            params.requires_grad = False
    return model


def train(model, optimizer, criterion):
    model.train()
    for _ in range(2):
        optimizer.zero_grad()
        outputs = model(torch.rand(2, 3, 16, 16))
        loss = criterion(outputs, torch.tensor([0, 1]))
        loss.backward()
        optimizer.step()


if __name__ == "__main__":
    model = build_model(3, fine_tune=False)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    train(model, optimizer, nn.CrossEntropyLoss())
