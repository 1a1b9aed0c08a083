# label: ok
# category: hf-unfreeze-before-train
# rule: FRZ203,FRZ204
# truth: clean
import tempfile

import torch
from transformers import BertConfig, BertForSequenceClassification, Trainer, TrainerCallback, TrainingArguments


class UnfreezeEncoder(TrainerCallback):
    """The optimizer is made in train(), after on_init_end."""

    def on_init_end(self, args, state, control, model=None, **kwargs):
        print("init done", type(model).__name__)


model = BertForSequenceClassification(BertConfig(
    vocab_size=50, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32,
    max_position_embeddings=16, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0))
for param in model.bert.parameters():
    param.requires_grad = False
rows = [{"input_ids": torch.randint(0, 50, (6,)), "labels": i % 2} for i in range(8)]
with tempfile.TemporaryDirectory() as out:
    args = TrainingArguments(out, max_steps=2, per_device_train_batch_size=2, report_to=[], save_strategy="no",
                             use_cpu=True, disable_tqdm=True)
    trainer = Trainer(model, args, train_dataset=rows, callbacks=[UnfreezeEncoder()])
    for param in trainer.model.bert.encoder.parameters():
        param.requires_grad = True
    trainer.train()
