# label: ok
# category: cut-tbptt
# rule: FRZ401
# truth: clean; cell.* and readout.* move
import torch
from torch import nn


class CharModel(nn.Module):
    def __init__(self, vocab=12, d=8):
        super().__init__()
        self.embed = nn.Embedding(vocab, d)
        self.cell = nn.LSTM(d, d, batch_first=True)
        self.readout = nn.Linear(d, vocab)

    def forward(self, ids, state=None):
        out, state = self.cell(self.embed(ids), state)
        return self.readout(out), state


def repackage(state):
    if isinstance(state, torch.Tensor):
        return state.detach()
    return tuple(repackage(s) for s in state)


model = CharModel()
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
text = torch.randint(0, 12, (2, 41))
state = None
for i in range(0, 40, 10):
    ids, nxt = text[:, i : i + 10], text[:, i + 1 : i + 11]
    if state is not None:
        state = repackage(state)
    logits, state = model(ids, state)
    loss = nn.functional.cross_entropy(logits.transpose(1, 2), nxt)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
