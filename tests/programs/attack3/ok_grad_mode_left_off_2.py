# label: ok
# category: grad-mode-left-off
# rule: FRZ404
# truth: the mode before is remembered and put back before training goes on
import torch
from torch import nn


class Evaluator:
    def __init__(self, net):
        self.net = net

    def start(self):
        self._training, self._grad = self.net.training, torch.is_grad_enabled()
        self.net.eval()
        torch.set_grad_enabled(False)

    def finish(self):
        torch.set_grad_enabled(self._grad)
        self.net.train(self._training)

    def score(self, x, y):
        self.start()
        acc = (self.net(x).argmax(1) == y).float().mean().item()
        self.finish()
        return acc


net = nn.Sequential(nn.Linear(5, 10), nn.ReLU(), nn.Dropout(0.1), nn.Linear(10, 2))
ev = Evaluator(net)
opt = torch.optim.Adam(net.parameters(), lr=1e-3)
for epoch in range(3):
    print(ev.score(torch.randn(6, 5), torch.randint(0, 2, (6,))))
    loss = nn.functional.cross_entropy(net(torch.randn(6, 5)), torch.randint(0, 2, (6,)))
    opt.zero_grad()
    loss.backward()
    opt.step()
