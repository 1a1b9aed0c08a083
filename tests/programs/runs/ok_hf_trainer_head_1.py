# label: ok
# category: hf-trainer-head-only
# rule: FRZ302, FRZ303
# truth: the frozen bert has no dropout, and only the classifier moves
import tempfile

import torch
from transformers import BertConfig, BertForSequenceClassification, Trainer, TrainingArguments


class Rows(torch.utils.data.Dataset):
    def __len__(self):
        return 12

    def __getitem__(self, i):
        return {"input_ids": torch.arange(1, 7) + i, "labels": i % 2}


cfg = BertConfig(
    vocab_size=64, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=16,
    hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, classifier_dropout=0.1,
)
model = BertForSequenceClassification(cfg)
for param in model.base_model.parameters():
    param.requires_grad = False
before = model.classifier.weight.detach().clone(), model.bert.pooler.dense.weight.detach().clone()
with tempfile.TemporaryDirectory() as out:
    args = TrainingArguments(
        output_dir=out, max_steps=3, per_device_train_batch_size=4, report_to=[], save_strategy="no", use_cpu=True,
        disable_tqdm=True, logging_strategy="no", gradient_accumulation_steps=2,
    )
    Trainer(model=model, args=args, train_dataset=Rows()).train()
