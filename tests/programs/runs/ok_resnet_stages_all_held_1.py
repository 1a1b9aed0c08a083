# label: ok
# category: stages-held-from-the-start
# rule: FRZ203
# truth: the optimizer holds all stages, so that what is set free later moves
import torch
import torch.nn.functional as F
import torchvision

torch.manual_seed(0)
model = torchvision.models.resnet18(num_classes=4)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
model.requires_grad_(False)
model.fc.requires_grad_(True)
model.eval()
start = model.layer4[0].conv1.weight.detach().clone()
for epoch in range(2):
    if epoch == 1:
        model.layer4.requires_grad_(True)
    for _ in range(2):
        loss = F.cross_entropy(model(torch.randn(2, 3, 32, 32)), torch.randint(0, 4, (2,)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
