# label: bug
# category: replaced-after-optimizer
# rule: FRZ204
# line: 29
# truth: the new last layer of the classifier is in no optimizer and keeps its initial weights
import torch
import torch.nn as nn


class VGGLike(nn.Module):
    def __init__(self, num_classes=100):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(3, 6, 3), nn.ReLU(), nn.MaxPool2d(2))
        self.classifier = nn.Sequential(nn.Linear(6 * 9, 16), nn.ReLU(), nn.Linear(16, num_classes))

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))


def load_pretrained():
    torch.manual_seed(0)
    return VGGLike()


model = load_pretrained()
optimizer = torch.optim.SGD(model.classifier.parameters(), lr=0.01)
for p in model.features.parameters():
    p.requires_grad = False
model.classifier[2] = nn.Linear(16, 10)

for i in range(3):
    img, label = torch.randn(2, 3, 8, 8), torch.randint(0, 10, (2,))
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(model(img), label)
    loss.backward()
    optimizer.step()
