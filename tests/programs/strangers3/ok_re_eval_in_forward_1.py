# label: ok
# category: re-eval-in-forward
# rule: FRZ301, FRZ302, FRZ303
# truth: the frozen encoder is put in eval again in each forward of the wrapper
import torch
from torch import nn


class SpeechEncoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(1, 6, 5, stride=2)
        self.bn = nn.BatchNorm1d(6)
        self.drop = nn.Dropout(0.1)

    def forward(self, wav):
        return self.drop(torch.relu(self.bn(self.conv(wav))))


class FrozenWrapper(nn.Module):
    def __init__(self, module, freeze=True):
        super().__init__()
        self.module = module
        self.freeze = freeze
        if freeze:
            for p in self.module.parameters():
                p.requires_grad = False

    def forward(self, *args):
        if self.freeze:
            self.module.eval()
            with torch.no_grad():
                return self.module(*args)
        return self.module(*args)


class ASR(nn.Module):
    def __init__(self, freeze=True):
        super().__init__()
        self.encoder = FrozenWrapper(SpeechEncoder(), freeze)
        self.out = nn.Linear(6, 4)

    def forward(self, wav):
        return self.out(self.encoder(wav).mean(-1))


asr = ASR()
opt = torch.optim.Adam(asr.out.parameters(), lr=1e-2)
for epoch in range(2):
    asr.train()
    loss = nn.functional.cross_entropy(asr(torch.randn(4, 1, 30)), torch.randint(0, 4, (4,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
