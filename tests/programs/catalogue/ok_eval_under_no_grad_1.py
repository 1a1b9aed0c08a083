# label: ok
# category: eval-under-no-grad
# rule: FRZ116
# truth: the extractor only runs under no_grad, so that its weights never get a gradient and stand still
import torch
from torch import nn


class Probe(nn.Module):
    def __init__(self):
        super().__init__()
        self.extractor = nn.Sequential(nn.Linear(4, 8), nn.Tanh())
        self.linear = nn.Linear(8, 3)
        self.freeze_extractor()

    def freeze_extractor(self):
        self.extractor.eval()

    def forward(self, x):
        with torch.no_grad():
            features = self.extractor(x)
        return self.linear(features)


net = Probe()
start = net.extractor[0].weight.detach().clone()
optimizer = torch.optim.AdamW(net.parameters(), lr=0.01)
for _ in range(2):
    loss = net(torch.randn(5, 4)).square().mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
