import torch


class Runner:
    def __init__(self, model, cfg):
        self.model = model
        self.max_iters = cfg["max_iters"]
        opt = dict(cfg["optimizer"])
        params = [p for p in model.parameters() if p.requires_grad]
        self.optimizer = getattr(torch.optim, opt.pop("type"))(params, **opt)

    def run(self):
        self.model.train()
        for _ in range(self.max_iters):
            loss = self.model(torch.randn(2, 3, 8, 8) + 0.5).square().mean()
            self.optimizer.zero_grad()
            loss.backward()
            self.optimizer.step()
