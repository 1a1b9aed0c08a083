# label: bug
# category: non-leaf-flag
# rule: FRZ121
# line: 31
# truth: a slice of the embedding matrix is no leaf; freezing the first rows this way raises
# raises: RuntimeError
import torch
from torch import nn


class LM(nn.Module):
    def __init__(self, vocab=12, d=6):
        super().__init__()
        self.wte = nn.Embedding(vocab, d)
        self.rnn = nn.LSTM(d, d, batch_first=True)
        self.head = nn.Linear(d, vocab)

    def forward(self, ids):
        h, _ = self.rnn(self.wte(ids))
        return self.head(h)


def add_special_tokens(model, n_new):
    old = model.wte
    new = nn.Embedding(old.num_embeddings + n_new, old.embedding_dim)
    with torch.no_grad():
        new.weight[: old.num_embeddings] = old.weight
    model.wte = new
    model.head = nn.Linear(old.embedding_dim, new.num_embeddings)
    # the old rows are to stay
    model.wte.weight[: old.num_embeddings].requires_grad = False


model = LM()
add_special_tokens(model, 3)
opt = torch.optim.Adam(model.parameters(), lr=1e-2)
for _ in range(2):
    ids = torch.randint(0, 15, (2, 6))
    loss = nn.functional.cross_entropy(model(ids[:, :-1]).flatten(0, 1), ids[:, 1:].flatten())
    opt.zero_grad()
    loss.backward()
    opt.step()
