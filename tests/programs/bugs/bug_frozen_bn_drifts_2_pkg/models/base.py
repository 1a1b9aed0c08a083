from torch import nn


class BaseBackbone(nn.Module):
    def __init__(self, frozen_stages=-1):
        super().__init__()
        self.frozen_stages = frozen_stages

    def _freeze_stages(self):
        for i in range(1, self.frozen_stages + 1):
            m = getattr(self, f"stage{i}")
            for param in m.parameters():
                param.requires_grad = False
