# label: bug
# category: replaced-by-index
# rule: FRZ115
# line: main.py:13
# truth: adapt_input swaps the frozen first layer for one with more inputs, and that one trains
import torch

from build import adapt_input, build
from freeze import freeze

model = build()
freeze(model[0])
adapt_input(model, 9)
opt = torch.optim.SGD(model.parameters(), lr=0.1)
for _ in range(2):
    opt.zero_grad()
    model(torch.randn(4, 9)).pow(2).mean().backward()
    opt.step()
