# label: ok
# category: fine-tune-flag-else
# rule: FRZ206,FRZ201
# truth: clean
import torch
from torch import nn


class Classifier(nn.Module):
    def __init__(self, n_in=6, n_out=3):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(n_in, 10), nn.ReLU())
        self.head = nn.Linear(10, n_out)

    def forward(self, x):
        return self.head(self.body(x))


def build_model(pretrained=True, fine_tune=True, num_classes=1):
    model = Classifier()
    if fine_tune:
        print("[INFO]: Fine-tuning all layers...")
        for params in model.parameters():
            params.requires_grad = True
    if not fine_tune:
        print("[INFO]: Freezing hidden layers...")
        for params in model.parameters():
            params.requires_grad = False
    # change the final classification head, it is trainable
    model.head = nn.Linear(10, num_classes)
    return model


model = build_model(pretrained=False, fine_tune=False, num_classes=4)
total_trainable_params = sum(p.numel() for p in model.parameters() if p.requires_grad)
print(f"{total_trainable_params:,} training parameters.\n")
optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
criterion = nn.CrossEntropyLoss()
for epoch in range(2):
    model.train()
    optimizer.zero_grad()
    criterion(model(torch.randn(5, 6)), torch.randint(0, 4, (5,))).backward()
    optimizer.step()
