# label: bug
# category: frozen-still-moves
# rule: FRZ202
# line: 34
# truth: only the head's gradients are cleared: the stale gradient of the frozen embedding moves it at every step
import torch
from torch import nn


class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(30, 8)
        self.out = nn.Linear(8, 4)

    def forward(self, tokens):
        return self.out(self.embed(tokens).mean(1))


class Trainer:
    def __init__(self, model):
        self.model = model
        self.optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

    def fit(self, epochs):
        for epoch in range(epochs):
            self.train_epoch()
            if epoch == 1:
                self.freeze_embeddings()
            self.model.out.zero_grad()

    def freeze_embeddings(self):
        # embeddings are done
        self.model.embed.weight.requires_grad = False

    def train_epoch(self):
        tokens, tags = torch.randint(0, 30, (16, 5)), torch.randint(0, 4, (16,))
        loss = nn.functional.cross_entropy(self.model(tokens), tags)
        loss.backward()
        self.optimizer.step()


torch.manual_seed(3)
Trainer(Tagger()).fit(4)
