# label: bug
# category: keras-trainable
# rule: FRZ109
# line: 33
# truth: layer.trainable = False on torch modules: the base network keeps training
import torch
import torch.nn as nn

IMG_SIZE = 8
BATCH = 4


def make_base_model():
    return nn.Sequential(
        nn.Conv2d(3, 8, 3, stride=2), nn.ReLU(),
        nn.Conv2d(8, 8, 3), nn.ReLU(),
        nn.Flatten(),
    )


class TransferModel(nn.Module):
    def __init__(self, n_out):
        super().__init__()
        self.base_model = make_base_model()
        self.global_head = nn.Linear(8, n_out)

    def forward(self, x):
        return self.global_head(self.base_model(x))


model = TransferModel(2)
for layer in model.base_model[:-1]:
    layer.trainable = False

optimizer = torch.optim.RMSprop(model.parameters(), lr=1e-3)
loss_fn = nn.BCEWithLogitsLoss()
history = []
for epoch in range(2):
    running = 0.0
    for _ in range(2):
        x = torch.rand(BATCH, 3, IMG_SIZE, IMG_SIZE)
        y = torch.randint(0, 2, (BATCH, 2)).float()
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        running += loss.item()
    history.append(running)
