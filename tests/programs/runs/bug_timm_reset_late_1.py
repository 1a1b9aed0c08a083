# label: bug
# category: classifier-reset-after-optimizer
# rule: FRZ204
# line: 18
# truth: the classifier that trains was made after the optimizer, is in none and does not move
import timm
import torch

torch.manual_seed(0)
model = timm.create_model("test_resnet", pretrained=False, num_classes=10)
for p in model.parameters():
    p.requires_grad = False
for p in model.get_classifier().parameters():
    p.requires_grad = True
model.eval()
optimizer = torch.optim.SGD(model.get_classifier().parameters(), lr=0.1, momentum=0.9)

model.reset_classifier(4)
w0 = model.get_classifier().weight.detach().clone()
for step in range(3):
    images, target = torch.randn(4, 3, 64, 64), torch.randint(0, 4, (4,))
    loss = torch.nn.functional.cross_entropy(model(images), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(step, loss.item())
