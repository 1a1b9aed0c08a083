# label: bug
# category: torchvision-heads-swap
# rule: FRZ204
# line: 27
# truth: the classifier of mobilenet is replaced after the optimizer was built and never moves
import torch
import torchvision
from torch import nn, optim


class Config:
    model = "mobilenet_v3_small"
    num_classes = 4
    lr = 3e-3
    T_max = 4


CFG = Config()


def get_optimizer(model, cfg):
    return optim.AdamW(model.parameters(), lr=cfg.lr, weight_decay=1e-2)


def prepare_classifier(model, cfg):
    in_features = model.classifier[-1].in_features
    model.classifier = nn.Sequential(nn.Dropout(0.1), nn.Linear(in_features, cfg.num_classes))
    return model


model = torchvision.models.mobilenet_v3_small(weights=None)
model.classifier = nn.Sequential(*list(model.classifier.children())[:-3], nn.Linear(576, 10))
optimizer = get_optimizer(model, CFG)
scheduler = optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=CFG.T_max)
model = prepare_classifier(model, CFG)
loss_fn = nn.CrossEntropyLoss()
model.train()
for step in range(2):
    images, labels = torch.randn(2, 3, 32, 32), torch.tensor([1, 3])
    optimizer.zero_grad()
    loss_fn(model(images), labels).backward()
    optimizer.step()
    scheduler.step()
