# label: bug
# category: train-never-restored
# rule: FRZ305
# line: 21
# truth: validation every few steps leaves the model in eval for the rest of the epoch: dropout is off while training
import torch
from torch import nn


class Trainer:
    def __init__(self, model, eval_every=2):
        self.model, self.eval_every, self.global_step = model, eval_every, 0
        self.opt = torch.optim.AdamW(model.parameters(), lr=1e-3)
        self.history = []

    def loss(self, x, y):
        return nn.functional.mse_loss(self.model(x), y)

    @torch.inference_mode()
    def validate(self):
        self.model.eval()
        return self.loss(torch.randn(4, 5), torch.randn(4, 1)).item()

    def fit(self, epochs, steps):
        for epoch in range(epochs):
            self.model.train()
            for _ in range(steps):
                x = torch.randn(4, 5)
                self.history.append(self.model.training)
                loss = self.loss(x, x.mean(1, keepdim=True))
                self.opt.zero_grad()
                loss.backward()
                self.opt.step()
                self.global_step += 1
                if self.global_step % self.eval_every == 0:
                    print("val", self.validate())


trainer = Trainer(nn.Sequential(nn.Linear(5, 16), nn.ReLU(), nn.Dropout(0.5), nn.Linear(16, 1)))
trainer.fit(epochs=2, steps=5)
