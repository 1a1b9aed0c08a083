# label: bug
# category: hf-bert-eval
# rule: FRZ302
# line: 16
# truth: Trainer calls model.train() at every step: the frozen bert runs with dropout
import tempfile

import torch
from transformers import BertConfig, BertForSequenceClassification, Trainer, TrainingArguments

config = BertConfig(vocab_size=50, hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
                    max_position_embeddings=16, num_labels=2)
model = BertForSequenceClassification(config)
for p in model.bert.parameters():
    p.requires_grad = False
model.bert.eval()

data = [{"input_ids": torch.randint(0, 50, (6,)), "attention_mask": torch.ones(6, dtype=torch.long), "labels": i % 2}
        for i in range(8)]
with tempfile.TemporaryDirectory() as out:
    args = TrainingArguments(output_dir=out, max_steps=2, per_device_train_batch_size=4, report_to=[], save_strategy="no",
                             use_cpu=True, disable_tqdm=True)
    trainer = Trainer(model=model, args=args, train_dataset=data)
    trainer.train()
