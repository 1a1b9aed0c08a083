# label: bug
# category: freeze-only-evals
# rule: FRZ116
# line: 15
# truth: freeze_feature_encoder only calls eval(): the encoder's weights are in the optimizer and move
import torch
import torch.nn as nn


class FreezeMixin:
    freeze_after = 0

    def freeze_feature_encoder(self):
        """Freezes the feature encoder for fine-tuning."""
        self.feature_encoder.eval()

    def is_frozen(self):
        return not self.feature_encoder.training


class SpeakerNet(FreezeMixin, nn.Module):
    def __init__(self, feat=10, emb=6, speakers=4):
        super().__init__()
        self.feature_encoder = nn.Sequential(nn.Linear(feat, 16), nn.ReLU(), nn.Dropout(0.1), nn.Linear(16, 16))
        self.embedder = nn.Linear(16, emb)
        self.weight = nn.Parameter(torch.randn(speakers, emb))

    def forward(self, x):
        e = nn.functional.normalize(self.embedder(self.feature_encoder(x).mean(1)), dim=-1)
        return e @ nn.functional.normalize(self.weight, dim=-1).t()


class AAMSoftmax(nn.Module):
    def __init__(self, m=0.2, s=15.0):
        super().__init__()
        self.m, self.s = m, s

    def forward(self, cos, label):
        one_hot = nn.functional.one_hot(label, cos.size(1))
        return nn.functional.cross_entropy(self.s * (cos - one_hot * self.m), label)


def train(epochs=2):
    torch.manual_seed(0)
    net, crit = SpeakerNet(), AAMSoftmax()
    net.train()
    net.freeze_feature_encoder()
    optim = torch.optim.SGD(filter(lambda p: p.requires_grad, net.parameters()), lr=0.1, momentum=0.9)
    for epoch in range(epochs):
        for _ in range(3):
            x, y = torch.randn(4, 7, 10), torch.randint(0, 4, (4,))
            loss = crit(net(x), y)
            optim.zero_grad()
            loss.backward()
            optim.step()
        print("epoch", epoch, "frozen", net.is_frozen())


train()
