# label: bug
# category: eval-in-the-loop
# rule: FRZ305
# line: 29
# truth: the training passes run with training True, False and False: the dropout between the LSTM layers is off from the second epoch on
import torch
from torch import nn


class Tagger(nn.Module):
    def __init__(self, words=20, dim=8, tags=4):
        super().__init__()
        self.embed = nn.Embedding(words, dim)
        self.rnn = nn.LSTM(dim, dim, num_layers=2, dropout=0.3, batch_first=True)
        self.out = nn.Linear(dim, tags)

    def forward(self, ids):
        states, _ = self.rnn(self.embed(ids))
        return self.out(states)


def run(epochs=3):
    tagger = Tagger()
    optim = torch.optim.SGD(tagger.parameters(), lr=0.1)
    seen = {"train": [], "val": []}

    def one_pass(phase):
        if phase == "val":
            tagger.eval()
        ids = torch.randint(0, 20, (4, 6))
        with torch.set_grad_enabled(phase == "train"):
            seen[phase].append(tagger.training)
            loss = nn.functional.cross_entropy(tagger(ids).flatten(0, 1), (ids % 4).flatten())
            if phase == "train":
                optim.zero_grad()
                loss.backward()
                optim.step()

    for _ in range(epochs):
        for phase in ["train", "val"]:
            one_pass(phase)
    return tagger, seen


torch.manual_seed(3)
tagger, seen = run()
