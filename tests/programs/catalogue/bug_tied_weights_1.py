# label: bug
# category: tied-weights
# rule: FRZ123
# line: 26
# truth: decoder.weight is encoder.weight: the loop over the encoder freezes it, the optimizer never moves it
import torch
from torch import nn


class LanguageModel(nn.Module):
    def __init__(self, words, width):
        super().__init__()
        self.encoder = nn.Embedding(words, width)
        self.rnn = nn.GRU(width, width, batch_first=True)
        self.decoder = nn.Linear(width, words)
        self.decoder.weight = self.encoder.weight

    def forward(self, ids):
        out, _ = self.rnn(self.encoder(ids))
        return self.decoder(out)


torch.manual_seed(0)
model = LanguageModel(12, 6)
for p in model.encoder.parameters():
    p.requires_grad = False
optimizer = torch.optim.SGD([*model.rnn.parameters(), *model.decoder.parameters()], lr=0.1)
before = model.decoder.weight.clone()
for _ in range(2):
    ids = torch.randint(0, 12, (3, 5))
    optimizer.zero_grad()
    nn.functional.cross_entropy(model(ids).flatten(0, 1), ids.flatten()).backward()
    optimizer.step()
print(model.decoder.weight.requires_grad, torch.equal(before, model.decoder.weight))
