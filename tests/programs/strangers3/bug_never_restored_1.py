# label: bug
# category: never-restored
# rule: FRZ305
# line: 29
# truth: validate() switches to eval and train() stands before the epoch loop: from the second epoch training runs in eval mode
import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset

# %% config
BATCH_SIZE, EPOCHS, LR = 4, 3, 0.05
device = "cuda" if torch.cuda.is_available() else "cpu"

# %% data
train_dl = DataLoader(TensorDataset(torch.randn(8, 6), torch.randint(0, 2, (8,))), BATCH_SIZE, shuffle=True)
valid_dl = DataLoader(TensorDataset(torch.randn(4, 6), torch.randint(0, 2, (4,))), BATCH_SIZE)

# %% model
model = nn.Sequential(
    nn.Linear(6, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Dropout(0.5),
    nn.Linear(16, 2),
).to(device)
loss_func = nn.CrossEntropyLoss()
opt = torch.optim.SGD(model.parameters(), lr=LR, momentum=0.9)


# %% helpers
def validate(model, dl):
    model.eval()
    with torch.no_grad():
        losses = [loss_func(model(xb.to(device)), yb.to(device)).item() for xb, yb in dl]
    return sum(losses) / len(losses)


# %% fit
model.train()
for epoch in range(EPOCHS):
    for xb, yb in train_dl:
        loss = loss_func(model(xb.to(device)), yb.to(device))
        loss.backward()
        opt.step()
        opt.zero_grad()
    print(epoch, validate(model, valid_dl))
