# label: bug
# category: module-attr
# rule: FRZ101
# line: 38
# truth: all is frozen, then model.fc.requires_grad = True on the module leaves the head frozen: nothing can train and backward raises
# raises: RuntimeError
import torch
import torch.nn as nn

CONFIG = {
    "model": {"name": "tiny_cnn", "num_classes": 4},
    "train": {"lr": 1e-2, "epochs": 1, "feature_extract": True},
}


class TinyCNN(nn.Module):
    def __init__(self, num_classes):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(3, 6, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten())
        self.fc = nn.Linear(6, num_classes)

    def forward(self, x):
        return self.fc(self.features(x))


MODELS = {"tiny_cnn": TinyCNN}


def set_parameter_requires_grad(model, feature_extracting):
    if feature_extracting:
        for param in model.parameters():
            param.requires_grad = False


def initialize_model(cfg, feature_extract):
    model = MODELS[cfg["name"]](cfg["num_classes"])
    set_parameter_requires_grad(model, feature_extract)
    model.fc.requires_grad = True
    return model


def train(cfg):
    model = initialize_model(cfg["model"], cfg["train"]["feature_extract"])
    optimizer = torch.optim.Adam(model.parameters(), lr=cfg["train"]["lr"])
    criterion = nn.CrossEntropyLoss()
    for epoch in range(cfg["train"]["epochs"]):
        model.train()
        for _ in range(2):
            x, y = torch.randn(4, 3, 8, 8), torch.randint(0, 4, (4,))
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()


train(CONFIG)
