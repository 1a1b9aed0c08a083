import torch


class EpochRunner:
    def __init__(self, model, optimizer, max_epochs):
        self.model, self.optimizer, self.max_epochs = model, optimizer, max_epochs

    def train(self, batch_fn, iters=2):
        self.model.train()
        for _ in range(iters):
            loss = self.model.train_step(batch_fn())
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()

    @torch.no_grad()
    def val(self, batch_fn):
        self.model.eval()
        return self.model(batch_fn()["img"]).argmax(1)

    def run(self, batch_fn):
        for _ in range(self.max_epochs):
            self.train(batch_fn)
            self.val(batch_fn)
