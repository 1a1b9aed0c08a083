# label: bug
# category: freeze-method-only-evals
# rule: FRZ116
# line: 17
# truth: freeze_encoder() only calls eval(); the encoder is in the optimizer and moves
import torch
from torch import nn


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(4, 8), nn.Dropout(0.2), nn.Linear(8, 8))
        self.head = nn.Linear(8, 2)

    def freeze_encoder(self):
        self.encoder.eval()

    def forward(self, x):
        return self.head(self.encoder(x))


model = Model()
start = model.encoder[0].weight.detach().clone()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(3):
    model.train()
    model.freeze_encoder()
    loss = model(torch.randn(4, 4)).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
