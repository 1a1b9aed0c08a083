# label: ok
# category: tutorial-vgg-phases
# rule: FRZ301,FRZ303,FRZ206
# truth: clean
import copy

import torch
import torch.nn as nn
import torch.optim as optim


class AlexNetish(nn.Module):
    def __init__(self, num_classes=1000):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(3, 6, 3, 2), nn.ReLU(True), nn.Conv2d(6, 6, 3), nn.ReLU(True))
        self.avgpool = nn.AdaptiveAvgPool2d(2)
        self.classifier = nn.Sequential(
            nn.Dropout(0.0), nn.Linear(24, 16), nn.ReLU(True),
            nn.Dropout(0.0), nn.Linear(16, 16), nn.ReLU(True),
            nn.Linear(16, num_classes),
        )

    def forward(self, x):
        return self.classifier(torch.flatten(self.avgpool(self.features(x)), 1))


def set_parameter_requires_grad(model, feature_extracting):
    if feature_extracting:
        for param in model.parameters():
            param.requires_grad = False


def initialize_model(num_classes, feature_extract):
    model_ft = AlexNetish()
    set_parameter_requires_grad(model_ft, feature_extract)
    num_ftrs = model_ft.classifier[6].in_features
    model_ft.classifier[6] = nn.Linear(num_ftrs, num_classes)
    return model_ft


def train_model(model, dataloaders, criterion, optimizer, num_epochs=2):
    best_wts, best_loss = copy.deepcopy(model.state_dict()), 1e9
    for epoch in range(num_epochs):
        for phase in dataloaders:
            model.train(phase == "train")
            for inputs, labels in dataloaders[phase]:
                optimizer.zero_grad()
                with torch.set_grad_enabled(phase == "train"):
                    loss = criterion(model(inputs), labels)
                    if phase == "train":
                        loss.backward()
                        optimizer.step()
            if phase == "val" and loss.item() < best_loss:
                best_loss, best_wts = loss.item(), copy.deepcopy(model.state_dict())
    model.load_state_dict(best_wts)
    return model


feature_extract = True
model_ft = initialize_model(2, feature_extract)
params_to_update = model_ft.parameters()
if feature_extract:
    params_to_update = []
    for name, param in model_ft.named_parameters():
        if param.requires_grad == True:
            params_to_update.append(param)
optimizer_ft = optim.SGD(params_to_update, lr=0.1, momentum=0.9)
loaders = {k: [(torch.randn(4, 3, 16, 16), torch.tensor([0, 1, 1, 0]))] for k in ("train", "val")}
model_ft = train_model(model_ft, loaders, nn.CrossEntropyLoss(), optimizer_ft)
