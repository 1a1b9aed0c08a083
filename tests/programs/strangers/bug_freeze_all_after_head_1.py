# label: bug
# category: freeze-all-after-head
# rule: FRZ206
# line: 31
# truth: the loop that freezes everything comes after the new head: nothing requires grad and backward() raises
# raises: RuntimeError
import argparse

import torch
import torch.nn as nn
import torchvision.models as models

parser = argparse.ArgumentParser(description="Finetune a torchvision model")
parser.add_argument("--arch", default="resnet18")
parser.add_argument("--num-classes", default=3, type=int)
parser.add_argument("--batch-size", default=2, type=int)
parser.add_argument("--lr", default=0.01, type=float)
parser.add_argument("--momentum", default=0.9, type=float)


def set_parameter_requires_grad(model, feature_extracting):
    if feature_extracting:
        for param in model.parameters():
            param.requires_grad = False


def initialize_model(arch, num_classes, feature_extract):
    model_ft = getattr(models, arch)(weights=None)
    num_ftrs = model_ft.fc.in_features
    model_ft.fc = nn.Linear(num_ftrs, num_classes)
    set_parameter_requires_grad(model_ft, feature_extract)
    return model_ft


args = parser.parse_args()
torch.manual_seed(0)
model = initialize_model(args.arch, args.num_classes, feature_extract=True)
params_to_update = [p for n, p in model.named_parameters() if p.requires_grad or n.startswith("fc.")]
optimizer = torch.optim.SGD(params_to_update, lr=args.lr, momentum=args.momentum)
criterion = nn.CrossEntropyLoss()
model.eval()
for step in range(2):
    images, target = torch.rand(args.batch_size, 3, 32, 32), torch.randint(0, args.num_classes, (args.batch_size,))
    loss = criterion(model(images), target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(step, loss.item())
