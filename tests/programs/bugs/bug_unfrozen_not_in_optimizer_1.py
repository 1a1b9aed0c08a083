# label: bug
# category: unfrozen-not-in-optimizer
# rule: FRZ203
# line: 33
# truth: from epoch 2 the encoder requires grad and gets gradients, yet it never moves
import torch
from torch import nn

torch.manual_seed(0)


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(6, 12), nn.ReLU())
        self.classifier = nn.Linear(12, 3)

    def forward(self, x):
        return self.classifier(self.encoder(x))


model = Model()
for param in model.encoder.parameters():
    param.requires_grad = False

optimizer = torch.optim.Adam(filter(lambda p: p.requires_grad, model.parameters()), lr=1e-2)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 1, gamma=0.5)

for epoch in range(4):
    if epoch == 2:
        print("unfreezing the encoder")
        for param in model.encoder.parameters():
            param.requires_grad = True
    for _ in range(3):
        x, y = torch.randn(8, 6), torch.randint(0, 3, (8,))
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
    scheduler.step()
