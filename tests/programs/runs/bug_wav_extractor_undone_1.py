# label: bug
# category: freeze-undone
# rule: FRZ114
# line: 34
# truth: the loop after the freeze sets all flags to True again: the feature extractor trains
import torch
from torch import nn


class Speech(nn.Module):
    def __init__(self):
        super().__init__()
        self.feature_extractor = nn.Sequential(nn.Conv1d(1, 8, 4, 2), nn.GELU(), nn.Conv1d(8, 8, 4, 2))
        self.encoder = nn.GRU(8, 8, batch_first=True)
        self.lm_head = nn.Linear(8, 5)

    def freeze_feature_encoder(self):
        for p in self.feature_extractor.parameters():
            p.requires_grad = False

    def forward(self, wave):
        h, _ = self.encoder(self.feature_extractor(wave).transpose(1, 2))
        return self.lm_head(h)


def make_trainable(model):
    for p in model.parameters():
        p.requires_grad = True
    return model


torch.manual_seed(0)
model = Speech()
model.freeze_feature_encoder()
model = make_trainable(model)
opt = torch.optim.AdamW(model.parameters(), lr=1e-3)
start = model.feature_extractor[0].weight.detach().clone()
for _ in range(3):
    out = model(torch.randn(2, 1, 40))
    loss = out.log_softmax(-1).square().mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
