# label: ok
# category: clip-unlock-rebuild
# rule: FRZ203,FRZ206
# truth: clean
import torch
from torch import nn


class CustomCLIP(nn.Module):
    def __init__(self):
        super().__init__()
        self.tower = nn.Sequential(nn.Linear(8, 8), nn.LayerNorm(8))
        self.prompt = nn.Parameter(torch.randn(2, 8))

    def forward(self, x):
        return self.tower(x) @ self.tower(self.prompt).t()


class TrainerX:
    def __init__(self, cfg):
        self.cfg = cfg
        self.build_model()

    def build_model(self):
        self.model = CustomCLIP()
        print("Turning off gradients in both the image and the text encoder")
        for name, param in self.model.named_parameters():
            if "prompt" not in name:
                param.requires_grad_(False)
        self.register_model("prompt_learner", self.model, self._make_optim())

    def _make_optim(self):
        return torch.optim.SGD([p for p in self.model.parameters() if p.requires_grad], lr=self.cfg["lr"])

    def register_model(self, name, model, optim):
        if not hasattr(self, "_optims"):
            self._models, self._optims = {}, {}
        self._models[name], self._optims[name] = model, optim

    def model_backward_and_update(self, loss, names=None):
        for name in names or list(self._optims):
            self._optims[name].zero_grad()
        loss.backward()
        for name in names or list(self._optims):
            self._optims[name].step()

    def before_epoch(self, epoch):
        if epoch == self.cfg["unlock"]:
            for p in self.model.parameters():
                p.requires_grad_(True)
            self.register_model("prompt_learner", self.model, self._make_optim())

    def train(self):
        for epoch in range(self.cfg["epochs"]):
            self.before_epoch(epoch)
            for _ in range(2):
                out = self.model(torch.randn(4, 8))
                self.model_backward_and_update(nn.functional.cross_entropy(out, torch.tensor([0, 1, 0, 1])))


TrainerX({"lr": 0.1, "unlock": 1, "epochs": 2}).train()
