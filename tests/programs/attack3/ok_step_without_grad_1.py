# label: ok
# category: step-without-grad
# rule: FRZ405
# truth: sampling runs under no_grad but guidance switches grad on inside; the trained classifier stays in train of its own
import torch
from torch import nn

denoiser = nn.Sequential(nn.Linear(3, 16), nn.SiLU(), nn.Linear(16, 2))
classifier = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 3))


def guidance(x, y, scale=1.0):
    with torch.enable_grad():
        x_in = x.detach().requires_grad_(True)
        logp = classifier(x_in).log_softmax(-1)
        chosen = logp[range(len(logp)), y].sum()
        return scale * torch.autograd.grad(chosen, x_in)[0]


@torch.no_grad()
def sample(y, steps=3):
    x = torch.randn(len(y), 2)
    for t in range(steps):
        eps = denoiser(torch.cat([x, torch.full((len(y), 1), t / steps)], 1))
        x = x - 0.1 * eps + 0.1 * guidance(x, y)
    return x


opt = torch.optim.Adam(classifier.parameters(), lr=1e-2)
for _ in range(3):
    x, y = torch.randn(8, 2), torch.randint(0, 3, (8,))
    loss = nn.functional.cross_entropy(classifier(x), y)
    opt.zero_grad()
    loss.backward()
    opt.step()
print(sample(torch.tensor([0, 1, 2])))
