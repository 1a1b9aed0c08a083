# label: bug
# category: compared-flag
# rule: FRZ103
# line: 26
# truth: the comparison has no effect: encoder parameters stay trainable and move
import torch
import torch.nn as nn

torch.manual_seed(0)


class AutoEncoder(nn.Module):
    def __init__(self, d_in=12, d_code=3):
        super(AutoEncoder, self).__init__()
        self.encoder = nn.Sequential(nn.Linear(d_in, 8), nn.ReLU(), nn.Linear(8, d_code))
        self.decoder = nn.Sequential(nn.Linear(d_code, 8), nn.ReLU(), nn.Linear(8, d_in))

    def forward(self, x):
        return self.decoder(self.encoder(x))


ae = AutoEncoder()
# second stage: the encoder is given, fit the decoder only
for name, param in ae.named_parameters():
    if name.startswith("encoder."):
        param.requires_grad == False

opt = torch.optim.Adam(ae.parameters(), lr=3e-3)
data = torch.randn(32, 12)
for epoch in range(3):
    for batch in data.split(16):
        opt.zero_grad()
        rec = ae(batch)
        loss = ((rec - batch) ** 2).mean()
        loss.backward()
        opt.step()
