# label: bug
# category: eval-undone
# rule: FRZ302
# line: 30
# truth: the HF Trainer calls model.train() at every step and undoes the eval() of the frozen encoder: its dropout is active
import os
import torch
from torch import nn
from torch.utils.data import Dataset
from transformers import BertConfig, BertModel, Trainer, TrainingArguments

os.environ.setdefault("WANDB_DISABLED", "true")


class Toy(Dataset):
    def __len__(self):
        return 8

    def __getitem__(self, i):
        return {"input_ids": torch.randint(0, 50, (6,)), "labels": torch.tensor(i % 2)}


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        config = BertConfig(vocab_size=50, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16)
        self.bert = BertModel(config)
        self.head = nn.Linear(16, 2)
        self.bert.requires_grad_(False)
        self.bert.eval()

    def forward(self, input_ids, labels=None):
        h = self.bert(input_ids=input_ids).last_hidden_state[:, 0]
        logits = self.head(h)
        return {"loss": nn.functional.cross_entropy(logits, labels), "logits": logits}


args = TrainingArguments(
    output_dir="/tmp/freezelint-toy", max_steps=2, per_device_train_batch_size=4, report_to=[], save_strategy="no",
    use_cpu=True, disable_tqdm=True, logging_strategy="no",
)
model = Classifier()
trainer = Trainer(model=model, args=args, train_dataset=Toy())
trainer.train()
