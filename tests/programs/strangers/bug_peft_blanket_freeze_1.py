# label: bug
# category: peft-blanket-freeze
# rule: FRZ503
# line: 35
# truth: the loop over all parameters after get_peft_model freezes the LoRA weights too: only the new score head trains
import torch
from peft import LoraConfig, get_peft_model
from torch import nn


class Encoder(nn.Module):
    def __init__(self, d=8):
        super().__init__()
        self.query, self.value = nn.Linear(d, d), nn.Linear(d, d)
        self.out = nn.Linear(d, d)

    def forward(self, x):
        return self.out(torch.tanh(self.query(x)) * self.value(x))


class Scorer(nn.Module):
    def __init__(self, encoder, d=8):
        super().__init__()
        self.encoder, self.score = encoder, nn.Linear(d, 2)

    def forward(self, x):
        return self.score(self.encoder(x))


torch.manual_seed(0)
base = Encoder()
model = get_peft_model(base, LoraConfig(r=2, lora_alpha=4, target_modules=["query", "value"]))
# the base stays as it is
for p in model.parameters():
    p.requires_grad = False
scorer = Scorer(model)
optimizer = torch.optim.AdamW([p for p in scorer.parameters() if p.requires_grad], lr=1e-2)
for step in range(3):
    x, y = torch.randn(4, 8), torch.randint(0, 2, (4,))
    loss = nn.functional.cross_entropy(scorer(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
