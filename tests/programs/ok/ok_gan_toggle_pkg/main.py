# label: ok
# category: toggle-function-in-another-file
# rule: FRZ201, FRZ203, FRZ206, FRZ114
# truth: clean; Generator:* move, NLayerDiscriminator:* move
"""CycleGAN: both discriminators are switched off for the generators' update and on again."""
import torch
from networks import CycleModel

torch.manual_seed(0)
model = CycleModel(lr=1e-2)
for i in range(4):
    model.set_input(torch.randn(4, 3), torch.randn(4, 3) + 1)
    model.optimize_parameters()
    if i % 2:
        print(model.current_losses())
