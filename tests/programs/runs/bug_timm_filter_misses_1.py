# label: bug
# category: name-filter-matches-nothing
# rule: FRZ111
# line: 17
# truth: no parameter of the vit is called head_drop or classifier: its head stays frozen as all else, and backward raises
# raises: RuntimeError
import timm
import torch
import torch.nn.functional as F


def prepare(model, trainable=("classifier",)):
    for param in model.parameters():
        param.requires_grad = False
    for name, param in model.named_parameters():
        # only the last layer
        if any(word in name for word in trainable):
            param.requires_grad = True
    return [p for p in model.parameters()]


model = timm.create_model("test_vit", num_classes=3)
optimizer = torch.optim.AdamW(prepare(model), lr=1e-3)
for _ in range(2):
    loss = F.cross_entropy(model(torch.randn(2, 3, 160, 160)), torch.tensor([0, 2]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
