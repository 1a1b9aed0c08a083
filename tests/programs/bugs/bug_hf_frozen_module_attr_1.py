# label: bug
# category: hf-frozen-module-attr
# rule: FRZ101
# line: 15
# truth: the attribute on bert.encoder freezes nothing: the Trainer moves it
import tempfile

import torch
from transformers import AutoModelForSequenceClassification, BertConfig, Trainer, TrainingArguments

model = AutoModelForSequenceClassification.from_config(BertConfig(
    vocab_size=50, hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
    max_position_embeddings=16))
for block in (model.bert.embeddings, *model.bert.encoder.layer[:1]):
    block.requires_grad = False
rows = [{"input_ids": torch.randint(0, 50, (6,)), "labels": i % 2} for i in range(4)]
with tempfile.TemporaryDirectory() as out:
    Trainer(model, TrainingArguments(out, max_steps=2, per_device_train_batch_size=2, report_to=[], save_strategy="no",
                                     use_cpu=True, disable_tqdm=True), train_dataset=rows).train()
