# label: bug
# category: tutorial-feature-extract
# rule: FRZ301
# line: 21
# truth: only fc moves, yet the running statistics of the frozen resnet drift in the train phase
import copy

import torch
import torch.nn as nn
import torch.optim as optim
from torchvision import models

num_classes = 2
model_name = "resnet"
feature_extract = True


def set_parameter_requires_grad(model, feature_extracting):
    if feature_extracting:
        for param in model.parameters():
            param.requires_grad = False


def initialize_model(model_name, num_classes, feature_extract):
    model_ft = None
    input_size = 0
    if model_name == "resnet":
        """ Resnet18 """
        model_ft = models.resnet18(weights=None)
        set_parameter_requires_grad(model_ft, feature_extract)
        num_ftrs = model_ft.fc.in_features
        model_ft.fc = nn.Linear(num_ftrs, num_classes)
        input_size = 32
    elif model_name == "squeezenet":
        model_ft = models.squeezenet1_0(weights=None)
        set_parameter_requires_grad(model_ft, feature_extract)
        model_ft.classifier[1] = nn.Conv2d(512, num_classes, kernel_size=(1, 1), stride=(1, 1))
        model_ft.num_classes = num_classes
        input_size = 224
    else:
        raise ValueError("Invalid model name, exiting...")
    return model_ft, input_size


def train_model(model, dataloaders, criterion, optimizer, num_epochs=2):
    best_model_wts = copy.deepcopy(model.state_dict())
    best_acc = 0.0
    for epoch in range(num_epochs):
        for phase in ["train", "val"]:
            if phase == "train":
                model.train()
            else:
                model.eval()
            running_corrects = 0
            for inputs, labels in dataloaders[phase]:
                optimizer.zero_grad()
                with torch.set_grad_enabled(phase == "train"):
                    outputs = model(inputs)
                    loss = criterion(outputs, labels)
                    _, preds = torch.max(outputs, 1)
                    if phase == "train":
                        loss.backward()
                        optimizer.step()
                running_corrects += torch.sum(preds == labels.data)
            if phase == "val" and running_corrects > best_acc:
                best_acc = running_corrects
                best_model_wts = copy.deepcopy(model.state_dict())
    return model


model_ft, input_size = initialize_model(model_name, num_classes, feature_extract)
dataloaders = {x: [(torch.randn(2, 3, input_size, input_size), torch.tensor([0, 1]))] for x in ["train", "val"]}
params_to_update = model_ft.parameters()
print("Params to learn:")
if feature_extract:
    params_to_update = []
    for name, param in model_ft.named_parameters():
        if param.requires_grad == True:
            params_to_update.append(param)
            print("\t", name)
optimizer_ft = optim.SGD(params_to_update, lr=0.001, momentum=0.9)
model_ft = train_model(model_ft, dataloaders, nn.CrossEntropyLoss(), optimizer_ft)
