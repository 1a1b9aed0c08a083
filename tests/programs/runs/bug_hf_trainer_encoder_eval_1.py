# label: bug
# category: hf-trainer-undoes-eval
# rule: FRZ302
# line: 33
# truth: the Trainer puts the whole model into train mode before each step, so that the frozen encoder runs with dropout
import tempfile

import torch
from transformers import BertConfig, BertForSequenceClassification, Trainer, TrainingArguments


class Rows(torch.utils.data.Dataset):
    def __init__(self, n=16):
        g = torch.Generator().manual_seed(0)
        self.ids = torch.randint(5, 90, (n, 10), generator=g)

    def __len__(self):
        return len(self.ids)

    def __getitem__(self, i):
        return {"input_ids": self.ids[i], "labels": int(self.ids[i, 0] > 40)}


config = BertConfig(
    vocab_size=100, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=48, num_labels=2,
)
model = BertForSequenceClassification(config)
modes = []
model.bert.encoder.layer[0].register_forward_pre_hook(lambda m, a: modes.append(m.training))

for param in model.bert.parameters():
    param.requires_grad = False
model.bert.eval()

with tempfile.TemporaryDirectory() as out:
    arguments = TrainingArguments(
        output_dir=out, max_steps=4, per_device_train_batch_size=4, report_to=[], save_strategy="no", use_cpu=True,
        disable_tqdm=True, logging_strategy="no",
    )
    Trainer(model=model, args=arguments, train_dataset=Rows()).train()
