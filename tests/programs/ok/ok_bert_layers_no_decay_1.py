# label: ok
# category: bert-layers-no-decay
# rule: FRZ206,FRZ101,FRZ303
# truth: clean
import torch
import torch.nn as nn


class Block(nn.Module):
    def __init__(self, h):
        super().__init__()
        self.dense = nn.Linear(h, h)
        self.LayerNorm = nn.LayerNorm(h)

    def forward(self, x):
        return self.LayerNorm(x + torch.nn.functional.gelu(self.dense(x)))


class TinyBert(nn.Module):
    def __init__(self, h=8, n=4, labels=2):
        super().__init__()
        self.embeddings = nn.Embedding(25, h)
        self.layers = nn.ModuleList(Block(h) for _ in range(n))
        self.classifier = nn.Linear(h, labels)

    def forward(self, ids):
        x = self.embeddings(ids)
        for layer in self.layers:
            x = layer(x)
        return self.classifier(x.mean(1))


model = TinyBert()
modules = [model.embeddings, *model.layers[:2]]
for module in modules:
    for param in module.parameters():
        param.requires_grad = False

param_optimizer = list(model.named_parameters())
no_decay = ["bias", "LayerNorm.bias", "LayerNorm.weight"]
optimizer_parameters = [
    {"params": [p for n, p in param_optimizer if p.requires_grad and not any(nd in n for nd in no_decay)], "weight_decay": 0.001},
    {"params": [p for n, p in param_optimizer if p.requires_grad and any(nd in n for nd in no_decay)], "weight_decay": 0.0},
]
optimizer = torch.optim.AdamW(optimizer_parameters, lr=3e-3)
num_train_steps = 3
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: max(0.0, 1 - s / num_train_steps))
for step in range(num_train_steps):
    model.train()
    loss = nn.BCEWithLogitsLoss()(model(torch.randint(0, 25, (4, 6))), torch.rand(4, 2))
    model.zero_grad()
    loss.backward()
    optimizer.step()
    scheduler.step()
