# label: ok
# category: captioning-fine-tune
# rule: FRZ301,FRZ203,FRZ206
# truth: clean
import torch
from torch import nn


class Encoder(nn.Module):
    """Encoder."""

    def __init__(self, encoded_image_size=2):
        super(Encoder, self).__init__()
        blocks = [nn.Sequential(nn.Conv2d(i, o, 3, 2, 1), nn.GroupNorm(1, o), nn.ReLU()) for i, o in [(3, 4), (4, 6), (6, 8)]]
        net = nn.Sequential(*blocks, nn.Flatten(), nn.Linear(8, 10))
        # Remove linear and pool layers (since we're not doing classification)
        self.resnet = nn.Sequential(*list(net.children())[:-2])
        self.adaptive_pool = nn.AdaptiveAvgPool2d((encoded_image_size, encoded_image_size))
        self.fine_tune()

    def forward(self, images):
        return self.adaptive_pool(self.resnet(images)).permute(0, 2, 3, 1)

    def fine_tune(self, fine_tune=True):
        for p in self.resnet.parameters():
            p.requires_grad = False
        # If fine-tuning, only fine-tune convolutional blocks 2 and up
        for c in list(self.resnet.children())[2:]:
            for p in c.parameters():
                p.requires_grad = fine_tune


class Decoder(nn.Module):
    def __init__(self, dim=8, vocab=11):
        super().__init__()
        self.cell = nn.GRUCell(dim, 8)
        self.fc = nn.Linear(8, vocab)
        self.dropout = nn.Dropout(0.5)

    def forward(self, feats):
        h = self.cell(feats.mean((1, 2)))
        return self.fc(self.dropout(h))


fine_tune_encoder = True
decoder = Decoder()
decoder_optimizer = torch.optim.Adam(params=filter(lambda p: p.requires_grad, decoder.parameters()), lr=4e-4)
encoder = Encoder()
encoder.fine_tune(fine_tune_encoder)
encoder_optimizer = (
    torch.optim.Adam(params=filter(lambda p: p.requires_grad, encoder.parameters()), lr=1e-4) if fine_tune_encoder else None
)
for epoch in range(2):
    decoder.train()
    encoder.train()
    loss = nn.functional.cross_entropy(decoder(encoder(torch.rand(3, 3, 16, 16))), torch.tensor([1, 2, 3]))
    decoder_optimizer.zero_grad()
    if encoder_optimizer is not None:
        encoder_optimizer.zero_grad()
    loss.backward()
    decoder_optimizer.step()
    if encoder_optimizer is not None:
        encoder_optimizer.step()
