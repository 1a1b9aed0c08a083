# label: bug
# category: bias-group-not-passed
# rule: FRZ207
# line: 41
# truth: the group of biases is built and never given to the optimizer: the biases of the head stay at zero
import torch
from torch import nn

hyp = {"lr0": 0.02, "momentum": 0.9, "weight_decay": 5e-4, "epochs": 2}


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Linear(6, 8)
        self.neck = nn.Linear(8, 8)
        self.head = nn.Linear(8, 3)
        nn.init.zeros_(self.head.bias)

    def forward(self, x):
        return self.head(self.neck(self.backbone(x).relu()).relu())


torch.manual_seed(0)
model = Model()
freeze = [f"{x}." for x in ["backbone"]]
for k, v in model.named_parameters():
    v.requires_grad = True
    if any(x in k for x in freeze):
        v.requires_grad = False

decay, biases = [], []
for k, v in model.named_parameters():
    if not v.requires_grad:
        continue
    if k.endswith("bias"):
        biases.append(v)
    else:
        decay.append(v)
optimizer = torch.optim.SGD(decay, lr=hyp["lr0"], momentum=hyp["momentum"], weight_decay=hyp["weight_decay"])
bias_group = {"params": biases, "lr": hyp["lr0"] * 2}
print("optimizer: %g weights, %g biases" % (len(decay), len(biases)))

for epoch in range(hyp["epochs"]):
    model.train()
    for i in range(2):
        x, y = torch.randn(4, 6), torch.randint(0, 3, (4,))
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
