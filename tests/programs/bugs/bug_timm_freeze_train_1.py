# label: bug
# category: timm-freeze-train
# rule: FRZ301
# line: 11
# truth: everything but the classifier is frozen, in train mode: the statistics drift
import timm
import timm.optim
import torch

model = timm.create_model("test_resnet", pretrained=False, num_classes=3)
model.requires_grad_(False)
for p in model.get_classifier().parameters():
    p.requires_grad_(True)
optimizer = timm.optim.create_optimizer_v2([p for p in model.parameters() if p.requires_grad], opt="sgd", lr=0.1)
model.train()
for _ in range(2):
    loss = torch.nn.functional.cross_entropy(model(torch.randn(2, 3, 64, 64)), torch.tensor([0, 2]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
