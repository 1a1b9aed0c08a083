# label: ok
# category: children-enumerate-ct
# rule: FRZ101
# truth: the inner loop goes over the parameters of the child: the first four stand still
# %% [markdown]
# Transfer learning on chest x-rays, the notebook way
# %%
import copy
import time

import torch
import torch.nn as nn
from torch.optim import lr_scheduler
from torch.utils.data import DataLoader, TensorDataset

device = "cuda" if torch.cuda.is_available() else "cpu"
torch.manual_seed(3)
# %%
images = torch.randn(16, 1, 8, 8)
labels = torch.randint(0, 2, (16,))
dataloaders = {x: DataLoader(TensorDataset(images, labels), batch_size=8) for x in ["train", "val"]}
dataset_sizes = {x: 16 for x in ["train", "val"]}
# %%
net = nn.Sequential(
    nn.Conv2d(1, 4, 3, padding=1),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Conv2d(4, 8, 3, padding=1),
    nn.ReLU(),
    nn.AdaptiveAvgPool2d(1),
    nn.Flatten(),
    nn.Linear(8, 2),
).to(device)
# %%
ct = 0
for child in net.children():
    ct += 1
    if ct < 5:
        for weight in child.parameters():
            weight.requires_grad = False
# %%
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(filter(lambda p: p.requires_grad, net.parameters()), lr=0.05, momentum=0.9)
scheduler = lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.5)


# %%
def train_model(model, num_epochs=2):
    since = time.time()
    best_wts, best_acc = copy.deepcopy(model.state_dict()), 0.0
    for epoch in range(num_epochs):
        for phase in ["train", "val"]:
            if phase == "train":
                model.train()
            else:
                model.eval()
            running_corrects = 0
            for inputs, targets in dataloaders[phase]:
                optimizer.zero_grad()
                with torch.set_grad_enabled(phase == "train"):
                    outputs = model(inputs.to(device))
                    loss = criterion(outputs, targets.to(device))
                    if phase == "train":
                        loss.backward()
                        optimizer.step()
                running_corrects += (outputs.argmax(1) == targets).sum().item()
            if phase == "train":
                scheduler.step()
            elif running_corrects / dataset_sizes[phase] > best_acc:
                best_wts = copy.deepcopy(model.state_dict())
    print(f"{time.time() - since:.0f}s")
    return model


# %%
net = train_model(net)
