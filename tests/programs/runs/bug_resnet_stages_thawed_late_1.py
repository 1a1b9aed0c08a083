# label: bug
# category: stage-not-in-optimizer
# rule: FRZ203
# line: 21
# truth: layer4 is set free at the second epoch, is in no optimizer and does not move
import torch
import torch.nn.functional as F
import torchvision

PLAN = {1: "layer4", 2: "layer3"}

torch.manual_seed(0)
model = torchvision.models.resnet18(num_classes=4)
model.requires_grad_(False)
model.fc.requires_grad_(True)
model.eval()
optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=0.05, momentum=0.9)
start = model.layer4[0].conv1.weight.detach().clone()
for epoch in range(3):
    for stage in [name for at, name in PLAN.items() if at == epoch]:
        getattr(model, stage).requires_grad_(True)
    for _ in range(2):
        loss = F.cross_entropy(model(torch.randn(2, 3, 32, 32)), torch.randint(0, 4, (2,)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
