# label: bug
# category: broken-train
# rule: FRZ304
# line: pipeline/autoencoder.py:13
# truth: the override never calls super().train(mode): after eval() the decoder's dropout is still active
import torch
from torch import nn

from pipeline import Autoencoder, check

torch.manual_seed(1)
model = Autoencoder()
optimizer = torch.optim.Adam(model.decoder.parameters(), lr=1e-3)
for epoch in range(2):
    model.train()
    for _ in range(2):
        x = torch.rand(8, 6)
        loss = nn.functional.binary_cross_entropy_with_logits(model(x), x)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    print(epoch, check(model))
