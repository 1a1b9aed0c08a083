import torch


def set_trainable(model, flag):
    for p in model.parameters():
        p.requires_grad = flag


class Engine:
    def __init__(self, model, lr):
        self.model, self.lr = model, lr

    def _start(self):
        self.model.train()
        set_trainable(self.model, True)
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=self.lr, momentum=0.9)

    def fit(self, epochs):
        self._start()
        for _ in range(epochs):
            pred = self.model(torch.rand(2, 3, 8, 8))
            loss = pred.abs().mean()
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
