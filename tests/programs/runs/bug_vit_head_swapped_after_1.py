# label: bug
# category: head-replaced-after-optimizer
# rule: FRZ204
# line: 21
# truth: the classifier that trains was made after the optimizer and does not move
import torch
from torch import nn
from transformers import ViTConfig, ViTForImageClassification


def build():
    config = ViTConfig(
        hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16, image_size=16, patch_size=8,
        num_labels=10, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
    )
    return ViTForImageClassification(config)


def adapt(model, classes, attribute="classifier"):
    old = getattr(model, attribute)
    setattr(model, attribute, nn.Linear(old.in_features, classes))
    model.config.num_labels = model.num_labels = classes


torch.manual_seed(0)
model = build()
model.vit.requires_grad_(False)
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2)
adapt(model, 3)
start = model.classifier.weight.detach().clone()
for _ in range(3):
    out = model(pixel_values=torch.randn(4, 3, 16, 16), labels=torch.randint(0, 3, (4,)))
    out.loss.backward()
    optimizer.step()
    optimizer.zero_grad()
