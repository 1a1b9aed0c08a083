# label: ok
# category: filter-kept-as-a-list
# rule: FRZ205, FRZ201
# truth: clean; enc.* stay still, mid.* and dec.* move
import torch
from torch import nn

model = nn.ModuleDict({"enc": nn.Linear(5, 6), "mid": nn.Linear(6, 6), "dec": nn.Linear(6, 5)})


class Seq(nn.Module):
    def __init__(self, parts):
        super().__init__()
        self.enc, self.mid, self.dec = parts["enc"], parts["mid"], parts["dec"]

    def forward(self, x):
        return self.dec(self.mid(self.enc(x).relu()).relu())


net = Seq(model)
for param in net.enc.parameters():
    param.requires_grad_(False)

trainable = list(filter(lambda p: p.requires_grad, net.parameters()))
n_params = sum(p.numel() for p in trainable)
print(f"{n_params / 1e3:.2f}k parameters to train")
optimizer = torch.optim.Adam(trainable, lr=1e-2)
warm = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min(1.0, (s + 1) / 3))

for it in range(4):
    x = torch.rand(7, 5)
    loss = nn.functional.mse_loss(net(x), x)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(trainable, max_norm=0.5)
    optimizer.step()
    warm.step()
