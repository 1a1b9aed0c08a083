# label: bug
# category: freeze-in-mid-training
# rule: FRZ501
# line: 27
# truth: epochs 0 and 1 run, the second forward of epoch 2 raises
# raises: RuntimeError
import os
import tempfile

import torch
from torch import distributed, nn, optim
from torch.nn.parallel import DistributedDataParallel


class Trainer:
    def __init__(self, model, freeze_at):
        distributed.init_process_group(
            "gloo", init_method=f"file://{os.path.join(tempfile.mkdtemp(), 's')}", rank=0, world_size=1
        )
        self.raw = model
        self.model = DistributedDataParallel(model)
        self.optimizer = optim.Adam(model.parameters())
        self.freeze_at = freeze_at

    def on_epoch(self, epoch):
        if epoch == self.freeze_at:
            self.raw.norm.weight.requires_grad = False
            self.raw.norm.bias.requires_grad = False

    def train(self):
        for epoch in range(4):
            self.on_epoch(epoch)
            for _ in range(2):
                self.optimizer.zero_grad()
                self.model(torch.randn(4, 5)).mean().backward()
                self.optimizer.step()


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(5)
        self.out = nn.Linear(5, 1)

    def forward(self, x):
        return self.out(self.norm(x)).relu()


torch.manual_seed(0)
trainer = Trainer(Net(), freeze_at=2)
trainer.train()
