# label: bug
# category: compared-flag
# rule: FRZ103
# line: 21
# truth: the comparison changes nothing: all four parameters of the cnn require grad and get gradients
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)
cnn = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.Conv2d(8, 8, 3)).eval()


def gram(t):
    b, c, h, w = t.shape
    f = t.view(b * c, h * w)
    return f @ f.t() / f.numel()


for weight in cnn.parameters():
    weight.requires_grad == False

content, style = torch.rand(1, 3, 12, 12), torch.rand(1, 3, 12, 12)
with torch.no_grad():
    want_c, want_s = cnn(content), gram(cnn(style))
canvas = content.clone().requires_grad_(True)
optim = torch.optim.LBFGS([canvas], max_iter=3)

for run in range(2):

    def closure():
        optim.zero_grad()
        f = cnn(canvas)
        loss = F.mse_loss(f, want_c) + 100 * F.mse_loss(gram(f), want_s)
        loss.backward()
        return loss

    optim.step(closure)
