# label: bug
# category: non-leaf-flag
# rule: FRZ121
# line: 21
# truth: a slice of the embedding's weight is no leaf: the flag cannot be set for some rows, it raises
# raises: RuntimeError
import torch
import torch.nn as nn


class Tagger(nn.Module):
    def __init__(self, words, tags):
        super().__init__()
        self.embedding = nn.Embedding(words, 8)
        self.linear = nn.Linear(8, tags)

    def forward(self, ids):
        return self.linear(self.embedding(ids))

    def freeze_known_words(self, known):
        self.embedding.weight[:known].requires_grad = False


tagger = Tagger(50, 4)
tagger.freeze_known_words(40)
optimizer = torch.optim.SparseAdam(tagger.parameters())
tagger(torch.randint(0, 50, (2, 3))).sum().backward()
optimizer.step()
