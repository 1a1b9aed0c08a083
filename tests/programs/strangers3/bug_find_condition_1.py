# label: bug
# category: find-condition
# rule: FRZ112
# line: 25
# truth: find("embed") is 0 for the embeddings and -1, which is true, elsewhere: all but the embeddings is frozen
import torch
from torch import nn


class SeqTagger(nn.Module):
    def __init__(self, vocab=30, d=8, tags=4):
        super().__init__()
        self.embed = nn.Embedding(vocab, d)
        self.lstm = nn.LSTM(d, d, batch_first=True, bidirectional=True)
        self.crf_head = nn.Linear(2 * d, tags)

    def forward(self, ids):
        return self.crf_head(self.lstm(self.embed(ids))[0])


def freeze_embeddings_only(model):
    """Everything but the embeddings should keep training."""
    frozen = []
    for name, p in model.named_parameters():
        if name.find("embed"):
            p.requires_grad = False
            frozen.append(name)
    return frozen


tagger = SeqTagger()
frozen = freeze_embeddings_only(tagger)
optimizer = torch.optim.Adam(filter(lambda p: p.requires_grad, tagger.parameters()), lr=1e-2)
criterion = nn.CrossEntropyLoss()
for epoch in range(2):
    tagger.train()
    for _ in range(2):
        ids, tags = torch.randint(0, 30, (3, 5)), torch.randint(0, 4, (15,))
        loss = criterion(tagger(ids).reshape(-1, 4), tags)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
