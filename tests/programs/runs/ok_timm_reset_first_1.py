# label: ok
# category: classifier-reset-before-optimizer
# rule: FRZ204
# truth: the classifier is reset before the optimizer is built: it is held and moves
import timm
import torch

torch.manual_seed(0)
model = timm.create_model("test_resnet", num_classes=10)
model.requires_grad_(False)
model.reset_classifier(4)
model.eval()
optimizer = torch.optim.SGD(model.get_classifier().parameters(), lr=0.1, momentum=0.9)
w0 = model.get_classifier().weight.detach().clone()
for step in range(2):
    loss = torch.nn.functional.cross_entropy(model(torch.randn(4, 3, 64, 64)), torch.randint(0, 4, (4,)))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
