# label: bug
# category: freeze-before-build
# rule: FRZ124
# line: 17
# truth: the base class freezes self.parameters() before the subclass has built a layer: nothing is frozen and the extractor moves
import abc
import torch
from torch import nn


class BaseExtractor(nn.Module, abc.ABC):
    def __init__(self, freeze=True):
        super().__init__()
        self.is_frozen = freeze
        if freeze:
            for param in self.parameters():
                param.requires_grad = False

    @abc.abstractmethod
    def output_dim(self): ...


class MelExtractor(BaseExtractor):
    def __init__(self, n_mels, dim, freeze=True):
        super().__init__(freeze=freeze)
        self.dim = dim
        self.net = nn.Sequential(nn.Conv1d(n_mels, dim, 3, padding=1), nn.ReLU(), nn.Conv1d(dim, dim, 3, padding=1))

    def output_dim(self):
        return self.dim

    def forward(self, mel):
        return self.net(mel).mean(-1)


class Tagger(nn.Module):
    def __init__(self, extractor, n_tags):
        super().__init__()
        self.extractor = extractor
        self.head = nn.Linear(extractor.output_dim(), n_tags)

    def forward(self, mel):
        return self.head(self.extractor(mel))


tagger = Tagger(MelExtractor(6, 8, freeze=True), 5)
opt = torch.optim.Adam(tagger.parameters(), lr=1e-2)
for _ in range(3):
    loss = nn.functional.binary_cross_entropy_with_logits(tagger(torch.randn(4, 6, 9)), torch.rand(4, 5).round())
    opt.zero_grad()
    loss.backward()
    opt.step()
