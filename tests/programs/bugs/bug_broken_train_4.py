# label: bug
# category: broken-train
# rule: FRZ304
# line: 28
# truth: frozen stages go to eval before super().train() and come back in train mode, BatchNorm drifts
import torch
from torch import nn


class StageNet(nn.Module):
    def __init__(self, n_stages=3, frozen_stages=2):
        super().__init__()
        self.frozen_stages = frozen_stages
        self.stages = nn.ModuleList()
        for i in range(n_stages):
            self.stages.append(nn.Sequential(nn.Conv1d(1 if i == 0 else 4, 4, 3), nn.BatchNorm1d(4), nn.ReLU()))
        self.out = nn.Linear(4, 2)
        self._freeze_stages()

    def _freeze_stages(self):
        for stage in self.stages[: self.frozen_stages]:
            stage.eval()
            for p in stage.parameters():
                p.requires_grad = False

    def train(self, mode: bool = True):
        self._freeze_stages()
        return super().train(mode)

    def forward(self, x):
        for stage in self.stages:
            x = stage(x)
        return self.out(x.mean(-1))


net = StageNet()
optimizer = torch.optim.SGD((p for p in net.parameters() if p.requires_grad), lr=0.01)
for epoch in range(3):
    net.train()
    loss = nn.functional.cross_entropy(net(torch.randn(6, 1, 16) + 1), torch.randint(0, 2, (6,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
