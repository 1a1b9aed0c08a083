# label: ok
# category: hf-trainer-undoes-eval
# rule: FRZ302
# truth: train() of the model keeps the encoder in eval mode
import tempfile

import torch
from torch import nn
from torch.utils.data import Dataset
from transformers import Trainer, TrainingArguments


class Toy(Dataset):
    def __len__(self):
        return 8

    def __getitem__(self, i):
        g = torch.Generator().manual_seed(i)
        return {"x": torch.randn(6, generator=g), "labels": torch.tensor(i % 2)}


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(6, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.3), nn.Linear(8, 8))

    def forward(self, x):
        return self.net(x)


class ForClassification(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.classifier = nn.Linear(8, 2)

    def train(self, mode=True):
        super().train(mode)
        self.encoder.eval()
        return self

    def forward(self, x, labels=None):
        logits = self.classifier(self.encoder(x))
        loss = nn.functional.cross_entropy(logits, labels) if labels is not None else None
        return {"loss": loss, "logits": logits}


torch.manual_seed(0)
model = ForClassification()
for param in model.encoder.parameters():
    param.requires_grad = False
model.encoder.eval()
args = TrainingArguments(output_dir=tempfile.mkdtemp(), num_train_epochs=2, per_device_train_batch_size=4, report_to=[],
                         save_strategy="no", learning_rate=1e-3, use_cpu=True, disable_tqdm=True)
trainer = Trainer(model=model, args=args, train_dataset=Toy())
trainer.train()
