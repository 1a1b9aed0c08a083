# label: bug
# category: trainer-builds-the-model-anew
# rule: FRZ504
# line: 33
# truth: train() builds another model with model_init: all of its parameters require gradients
import tempfile

import torch
from transformers import BertConfig, BertForSequenceClassification, Trainer, TrainingArguments

config = BertConfig(vocab_size=50, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16)


def make():
    return BertForSequenceClassification(config)


class Texts(torch.utils.data.Dataset):
    def __len__(self):
        return 8

    def __getitem__(self, i):
        return {"input_ids": torch.arange(6) + i, "labels": torch.tensor(i % 2)}


torch.manual_seed(0)
arguments = TrainingArguments(
    tempfile.mkdtemp(), max_steps=2, report_to=[], use_cpu=True, save_strategy="no", disable_tqdm=True
)
trainer = Trainer(model_init=make, args=arguments, train_dataset=Texts())
first = trainer.model
for p in trainer.model.bert.parameters():
    p.requires_grad = False
trainer.train()
