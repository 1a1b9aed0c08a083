# label: bug
# category: adapter-frozen
# rule: FRZ503
# line: 28
# truth: the blanket freeze comes after get_peft_model and freezes the adapter: only the classifier that is switched on again trains
import torch
from torch import nn
from peft import LoraConfig, get_peft_model


class Net(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.q_proj = nn.Linear(d, d)
        self.v_proj = nn.Linear(d, d)
        self.classifier = nn.Linear(d, 2)

    def forward(self, x):
        return self.classifier(torch.tanh(self.q_proj(x)) + self.v_proj(x))


def freeze_base(model):
    for param in model.parameters():
        param.requires_grad = False


model = get_peft_model(Net(), LoraConfig(r=2, lora_alpha=4, target_modules=["q_proj", "v_proj"]))
freeze_base(model)
for p in model.base_model.model.classifier.parameters():
    p.requires_grad = True
optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-3)
for step in range(2):
    model.train()
    loss = nn.functional.cross_entropy(model(torch.randn(4, 8)), torch.tensor([0, 1, 0, 1]))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
