# label: ok
# category: head-replaced-before-optimizer
# rule: FRZ204, FRZ115
# truth: the new classifier is held by the optimizer and moves
import torch
from torch import nn
from transformers import ViTConfig, ViTForImageClassification

torch.manual_seed(0)
config = ViTConfig(
    hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16, image_size=16, patch_size=8,
    num_labels=10, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
)
model = ViTForImageClassification(config)
for p in model.parameters():
    p.requires_grad = False
model.classifier = nn.Linear(16, 3)
model.num_labels = model.config.num_labels = 3
optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-2)
start = model.classifier.weight.detach().clone()
model.train()
for _ in range(2):
    model(pixel_values=torch.randn(4, 3, 16, 16), labels=torch.randint(0, 3, (4,))).loss.backward()
    optimizer.step()
    optimizer.zero_grad()
