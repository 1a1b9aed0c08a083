# label: ok
# category: input-is-optimised
# rule: FRZ103, FRZ206
# truth: only the picture is optimised; the network is frozen, in eval mode, and stands still
import torch
import torch.nn as nn

torch.manual_seed(0)
cnn = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU(), nn.Conv2d(8, 8, 3)).eval()
cnn.requires_grad_(False)
content = torch.rand(1, 3, 12, 12)
with torch.no_grad():
    target = cnn(content)
image = torch.rand(1, 3, 12, 12, requires_grad=True)
first = image.detach().clone()
optimizer = torch.optim.LBFGS([image], max_iter=3)
for _ in range(2):

    def closure():
        with torch.no_grad():
            image.clamp_(0, 1)
        optimizer.zero_grad()
        loss = (cnn(image) - target).pow(2).mean()
        loss.backward()
        return loss

    optimizer.step(closure)
