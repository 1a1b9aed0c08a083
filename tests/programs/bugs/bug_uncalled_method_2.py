# label: bug
# category: uncalled-method
# rule: FRZ106
# line: 16
# truth: freeze_encoder is named but not called, the encoder trains with the decoder
import torch
from torch import nn


class Seq2Vec(nn.Module):
    def __init__(self, d=6, freeze=True):
        super().__init__()
        self.encoder = nn.GRU(d, d, batch_first=True)
        self.decoder = nn.Linear(d, 2)
        if freeze:
            self.freeze_encoder

    def freeze_encoder(self):
        for p in self.encoder.parameters():
            p.requires_grad_(False)

    def forward(self, x):
        h, _ = self.encoder(x)
        return self.decoder(h[:, -1])


model = Seq2Vec(freeze=True)
params = [p for p in model.parameters() if p.requires_grad]
opt = torch.optim.Adam(params, lr=0.01)
lossf = nn.CrossEntropyLoss()
for i in range(4):
    x, y = torch.randn(5, 7, 6), torch.randint(0, 2, (5,))
    loss = lossf(model(x), y)
    opt.zero_grad()
    loss.backward()
    opt.step()
