# label: bug
# category: uncalled
# rule: FRZ106
# line: 38
# truth: model.backbone.eval without a call does nothing: the frozen backbone runs in train mode and its dropout stays active
import torch
from torch import nn


class AudioEncoder(nn.Module):
    def __init__(self, n_mels=8, d=12):
        super().__init__()
        self.conv = nn.Conv1d(n_mels, d, 3, padding=1)
        self.drop = nn.Dropout(0.3)

    def forward(self, mel):
        return self.drop(torch.relu(self.conv(mel))).mean(-1)


class SpeakerModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = AudioEncoder()
        self.fc = nn.Linear(12, 4)

    def forward(self, mel):
        return self.fc(self.backbone(mel))


model = SpeakerModel()
for p in model.backbone.parameters():
    p.requires_grad = False
opt = torch.optim.SGD(model.fc.parameters(), lr=0.1)

n_epochs, accum = 2, 2
for epoch in range(n_epochs):
    model.train()
    model.backbone.eval
    for i in range(4):
        mel, y = torch.randn(3, 8, 10), torch.randint(0, 4, (3,))
        loss = nn.functional.cross_entropy(model(mel), y) / accum
        loss.backward()
        if (i + 1) % accum == 0:
            opt.step()
            opt.zero_grad()
    print(f"[{epoch + 1}/{n_epochs}] {loss.item():.3f}")
