# label: bug
# category: freeze-option-ignored
# rule: FRZ118
# line: main.py:11
# truth: freeze_encoder lands in **kwargs, which the factory never reads: the encoder stays trainable
import torch

from zoo import build_model

model = build_model("small", num_classes=3,
                    freeze_encoder=True)
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
for _ in range(2):
    optimizer.zero_grad()
    model(torch.randn(4, 7)).logsumexp(1).mean().backward()
    optimizer.step()
print({p.requires_grad for p in model.encoder.parameters()})
