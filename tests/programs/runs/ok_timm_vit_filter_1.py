# label: ok
# category: name-filter-matches
# rule: FRZ111
# truth: the head of the vit is found by its name and moves; all else is frozen
import timm
import torch
import torch.nn.functional as F


def prepare(model, trainable=("head",)):
    for param in model.parameters():
        param.requires_grad = False
    for name, param in model.named_parameters():
        if name.split(".")[0] in trainable:
            param.requires_grad = True
    return [p for p in model.parameters() if p.requires_grad]


model = timm.create_model("test_vit", num_classes=3)
model.eval()
before = model.head.weight.detach().clone()
optimizer = torch.optim.AdamW(prepare(model), lr=1e-3)
for _ in range(2):
    loss = F.cross_entropy(model(torch.randn(2, 3, 160, 160)), torch.tensor([0, 2]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
