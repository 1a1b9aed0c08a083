# label: ok
# category: hf-trainer-layernorm
# rule: FRZ302, FRZ203
# truth: the HF Trainer builds its optimizer after the freeze, and the frozen encoder has neither BatchNorm nor dropout
import os
import torch
from torch import nn
from torch.utils.data import Dataset
from transformers import BertConfig, BertForSequenceClassification, Trainer, TrainingArguments

os.environ.setdefault("WANDB_DISABLED", "true")


class Toy(Dataset):
    def __len__(self):
        return 8

    def __getitem__(self, i):
        return {"input_ids": torch.randint(0, 50, (6,)), "labels": torch.tensor(i % 2)}


config = BertConfig(vocab_size=50, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
                    hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)
model = BertForSequenceClassification(config)
for param in model.base_model.parameters():
    param.requires_grad = False
args = TrainingArguments(output_dir="/tmp/freezelint-toy", max_steps=2, per_device_train_batch_size=4, report_to=[],
                         save_strategy="no", use_cpu=True, disable_tqdm=True, logging_strategy="no")
trainer = Trainer(model=model, args=args, train_dataset=Toy())
trainer.train()
