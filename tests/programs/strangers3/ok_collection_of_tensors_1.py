# label: ok
# category: collection-of-tensors
# rule: FRZ107
# truth: the objects in the dict are parameters collected by name, each one's flag is set
import re
import torch
from torch import nn


class Speech(nn.Module):
    def __init__(self):
        super().__init__()
        self.feature_extractor = nn.Sequential(nn.Conv1d(1, 4, 5, stride=2), nn.GELU(), nn.Conv1d(4, 6, 3))
        self.project = nn.Linear(6, 8)
        self.ctc = nn.Linear(8, 10)

    def forward(self, wav):
        return self.ctc(torch.relu(self.project(self.feature_extractor(wav).transpose(1, 2))))


def collect(model, pattern):
    rx = re.compile(pattern)
    return {n: p for n, p in model.named_parameters() if rx.match(n)}


model = Speech()
table = collect(model, r"feature_extractor\.\d+\.(weight|bias)")
for name, tensor in table.items():
    tensor.requires_grad = False
    print("frozen", name)
opt = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-3)
for _ in range(2):
    logp = model(torch.randn(2, 1, 40)).log_softmax(-1).transpose(0, 1)
    loss = nn.functional.ctc_loss(logp, torch.randint(1, 10, (2, 3)), torch.full((2,), logp.size(0)), torch.full((2,), 3))
    opt.zero_grad()
    loss.backward()
    opt.step()
