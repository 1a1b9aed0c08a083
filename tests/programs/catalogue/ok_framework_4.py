# label: ok
# category: frozen-where-the-trainer-builds
# rule: FRZ504
# truth: clean; whatever model the Trainer builds is frozen by the function that builds it
import tempfile

import torch
from transformers import BertConfig, BertForSequenceClassification, Trainer, TrainingArguments

config = BertConfig(
    vocab_size=50, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
    hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
)


def make():
    model = BertForSequenceClassification(config)
    for p in model.bert.parameters():
        p.requires_grad = False
    return model


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
trainer.train()
