# label: ok
# category: simsiam-groups
# rule: FRZ401, FRZ402, FRZ405
# truth: clean; encoder.* and predictor.* move though the targets are detached
import torch
from torch import nn
class SimSiam(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(6, 8), nn.BatchNorm1d(8))
        self.predictor = nn.Linear(8, 8)
    def forward(self, x1, x2):
        z1, z2 = self.encoder(x1), self.encoder(x2)
        p1, p2 = self.predictor(z1), self.predictor(z2)
        return p1, p2, z1.detach(), z2.detach()
def main():
    model = SimSiam()
    fixed = [{"params": model.encoder.parameters(), "fix_lr": False}, {"params": model.predictor.parameters(), "fix_lr": True}]
    opt = torch.optim.SGD(fixed, lr=.05)
    crit = nn.CosineSimilarity(dim=1)
    for _ in range(3):
        p1, p2, z1, z2 = model(x1=torch.randn(4, 6), x2=torch.randn(4, 6))
        loss = -(crit(p1, z2).mean() + crit(p2, z1).mean()) * 0.5
        opt.zero_grad(); loss.backward(); opt.step()
main()
