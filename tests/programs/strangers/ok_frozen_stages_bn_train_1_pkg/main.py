# label: ok
# category: frozen-stages-bn-train
# rule: FRZ301
# truth: train() puts the frozen stages in eval mode after super().train()
import torch

from mmlite.detector import SingleStage

model = dict(backbone=dict(frozen_stages=2), bbox_head=dict(in_channels=8, num_classes=3))
optimizer = dict(lr=0.02, momentum=0.9, weight_decay=1e-4)
total_epochs = 2


def train_detector(detector, data, cfg):
    opt = torch.optim.SGD([p for p in detector.parameters() if p.requires_grad], **cfg)
    for epoch in range(total_epochs):
        detector.train()
        for img, gt in data:
            losses = detector.forward_train(img, gt)
            loss = sum(losses.values())
            opt.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([p for p in detector.parameters() if p.requires_grad], 35)
            opt.step()


if __name__ == "__main__":
    torch.manual_seed(0)
    det = SingleStage(**model)
    data = [(torch.rand(2, 3, 32, 32), dict(labels=torch.randint(0, 3, (2,)), boxes=torch.rand(2, 4))) for _ in range(2)]
    train_detector(det, data, optimizer)
