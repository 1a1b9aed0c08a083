# label: ok
# category: nothing-depends-on-the-mode
# rule: FRZ305
# truth: clean; no layer depends on the mode: outputs in train and eval mode are equal
import torch
from torch import nn

torch.manual_seed(0)
regressor = nn.Sequential(nn.Linear(3, 6), nn.Tanh(), nn.LayerNorm(6), nn.Linear(6, 1))
optimizer = torch.optim.Adam(regressor.parameters(), lr=0.01)
inputs, wanted = torch.randn(32, 3), torch.randn(32, 1)
for epoch in range(4):
    loss = nn.functional.mse_loss(regressor(inputs), wanted)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    regressor.eval()
    with torch.no_grad():
        print(epoch, nn.functional.mse_loss(regressor(inputs), wanted).item())
same = torch.equal(regressor.train()(inputs), regressor.eval()(inputs))
