import torch


class Trainer:
    def __init__(self, exp, batch_size):
        self.exp = exp
        self.batch_size = batch_size

    def before_train(self):
        self.model = self.exp.get_model()
        self.optimizer = self.exp.get_optimizer(self.batch_size)
        self.model.train()

    def train(self):
        self.before_train()
        for self.epoch in range(self.exp.max_epoch):
            for self.iter in range(2):
                self.train_one_iter()

    def train_one_iter(self):
        out = self.model(torch.rand(self.batch_size, 3, 16, 16))
        loss = (out - 1).pow(2).mean()
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
