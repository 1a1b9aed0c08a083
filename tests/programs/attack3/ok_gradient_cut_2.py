# label: ok
# category: gradient-cut
# rule: FRZ401
# truth: the hidden state is detached between the windows (truncated BPTT); within a window all parts get gradients
import torch
from torch import nn


class CharRNN(nn.Module):
    def __init__(self, v=10, d=8):
        super().__init__()
        self.emb = nn.Embedding(v, d)
        self.rnn = nn.LSTM(d, d, batch_first=True)
        self.out = nn.Linear(d, v)

    def forward(self, x, state=None):
        y, state = self.rnn(self.emb(x), state)
        return self.out(y), state


def repackage(state):
    if isinstance(state, torch.Tensor):
        return state.detach()
    return tuple(repackage(s) for s in state)


net = CharRNN()
opt = torch.optim.SGD(net.parameters(), lr=0.5)
text = torch.randint(0, 10, (3, 25))
state = None
for i in range(0, 24, 8):
    x, y = text[:, i:i + 8], text[:, i + 1:i + 9]
    if state is not None:
        state = repackage(state)
    logits, state = net(x, state)
    loss = nn.functional.cross_entropy(logits.flatten(0, 1), y.flatten())
    opt.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 0.25)
    opt.step()
