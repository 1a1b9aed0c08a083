# label: ok
# category: name-filter-nothing
# rule: FRZ111
# truth: DataParallel puts `module.` before every name, so the filter meets the encoder
import torch
from torch import nn


class AutoEncoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(8, 3)
        self.decoder = nn.Linear(3, 8)

    def forward(self, x):
        return self.decoder(torch.sigmoid(self.encoder(x)))


model = nn.DataParallel(AutoEncoder())
for key, value in model.named_parameters():
    if key.startswith("module.encoder"):
        value.requires_grad = False

optimizer = torch.optim.Adadelta([v for v in model.parameters() if v.requires_grad])
for epoch in range(3):
    x = torch.rand(6, 8)
    loss = nn.functional.mse_loss(model(x), x)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(epoch, loss.item())
