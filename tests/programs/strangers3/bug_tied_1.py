# label: bug
# category: tied
# rule: FRZ123
# line: 27
# truth: freezing the input embedding freezes the tied output projection, which has its own group in the optimizer
import torch
from torch import nn


class TinyLM(nn.Module):
    def __init__(self, vocab=25, d=8):
        super().__init__()
        self.wte = nn.Embedding(vocab, d)
        self.rnn = nn.GRU(d, d, batch_first=True)
        self.lm_head = nn.Linear(d, vocab, bias=False)
        self.tie_weights()

    def tie_weights(self):
        self.lm_head.weight = self.wte.weight

    def forward(self, ids):
        return self.lm_head(self.rnn(self.wte(ids))[0])


model = TinyLM()
# keep the pretrained input embeddings, train the recurrent part and the output layer
model.wte.weight.requires_grad = False
optimizer = torch.optim.AdamW([
    {"params": model.rnn.parameters(), "lr": 1e-3},
    {"params": model.lm_head.parameters(), "lr": 1e-2},
])
for step in range(3):
    ids = torch.randint(0, 25, (2, 7))
    logits = model(ids[:, :-1])
    loss = nn.functional.cross_entropy(logits.reshape(-1, 25), ids[:, 1:].reshape(-1))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
