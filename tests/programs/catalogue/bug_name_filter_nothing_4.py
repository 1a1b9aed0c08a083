# label: bug
# category: name-filter-nothing
# rule: FRZ111
# line: 27
# truth: the child is called classifier, "classifer" names none: all children are frozen, backward raises
# raises: RuntimeError
import torch
from torch import nn


class SmallVGG(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten())
        self.classifier = nn.Linear(4, classes)

    def forward(self, images):
        return self.classifier(self.features(images))


class Finetuner:
    def __init__(self, model):
        self.model = model

    def freeze(self):
        for name, child in self.model.named_children():
            if name not in ["classifer"]:
                for p in child.parameters():
                    p.requires_grad = False

    def fit(self, steps=2):
        self.freeze()
        optimizer = torch.optim.SGD(self.model.parameters(), lr=0.01)
        for _ in range(steps):
            out = self.model(torch.randn(2, 3, 8, 8))
            loss = nn.functional.cross_entropy(out, torch.tensor([0, 1]))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()


if __name__ == "__main__":
    Finetuner(SmallVGG(2)).fit()
