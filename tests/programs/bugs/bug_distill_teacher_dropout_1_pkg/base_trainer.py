import torch


class BaseTrainer:
    def __init__(self, model, lr):
        self.model = model
        self.optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr, momentum=0.9)

    def before_epoch(self):
        self.model.train()

    def fit(self, epochs):
        for self.epoch in range(epochs):
            self.before_epoch()
            for batch in self.loader():
                loss = self.model(*batch)
                self.optimizer.zero_grad()
                loss.backward()
                self.optimizer.step()

    def loader(self):
        for _ in range(2):
            yield torch.randn(6, 10), torch.randint(0, 4, (6,))
