# label: bug
# category: zero-lr
# rule: FRZ210
# line: 27
# truth: LambdaLR computes each rate from the initial one: the zero written into the group is gone after the next step()
import torch
from torch import nn


class Runner:
    def __init__(self):
        self.encoder = nn.Linear(6, 6)
        self.decoder = nn.Linear(6, 1)
        self.optimizer = torch.optim.Adam(
            [{"params": self.encoder.parameters()}, {"params": self.decoder.parameters()}], lr=0.01
        )
        self.scheduler = torch.optim.lr_scheduler.LambdaLR(self.optimizer, lambda epoch: 0.97**epoch)

    def run(self, epochs, freeze_after):
        for epoch in range(epochs):
            if epoch == freeze_after:
                self.stop_encoder()
            self.step()
            self.scheduler.step()

    def stop_encoder(self):
        self.optimizer.param_groups[0]["lr"] = 0.0

    def step(self):
        self.optimizer.zero_grad()
        self.decoder(self.encoder(torch.randn(8, 6)).relu()).pow(2).mean().backward()
        self.optimizer.step()


torch.manual_seed(0)
Runner().run(6, 2)
