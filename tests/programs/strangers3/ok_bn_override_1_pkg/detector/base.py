from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm


class BaseBackbone(nn.Module):
    def __init__(self, frozen_stages=-1, norm_eval=False):
        super().__init__()
        self.frozen_stages = frozen_stages
        self.norm_eval = norm_eval

    def _freeze_stages(self):
        raise NotImplementedError

    def train(self, mode=True):
        super().train(mode)
        self._freeze_stages()
        if mode and self.norm_eval:
            for m in self.modules():
                if isinstance(m, _BatchNorm):
                    m.eval()
        return self
