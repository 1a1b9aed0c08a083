# label: ok
# category: hf-bert-train-override
# rule: FRZ302,FRZ303
# truth: clean
import tempfile

import torch
from transformers import BertConfig, BertForSequenceClassification, Trainer, TrainingArguments


class FrozenBertClassifier(BertForSequenceClassification):
    def __init__(self, config):
        super().__init__(config)
        for p in self.bert.parameters():
            p.requires_grad = False

    def train(self, mode=True):
        super().train(mode)
        self.bert.eval()
        return self


config = BertConfig(vocab_size=50, hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
                    max_position_embeddings=16, num_labels=2)
model = FrozenBertClassifier(config)

data = [{"input_ids": torch.randint(0, 50, (6,)), "attention_mask": torch.ones(6, dtype=torch.long), "labels": i % 2}
        for i in range(8)]
with tempfile.TemporaryDirectory() as out:
    args = TrainingArguments(output_dir=out, max_steps=2, per_device_train_batch_size=4, report_to=[], save_strategy="no",
                             use_cpu=True, disable_tqdm=True)
    trainer = Trainer(model=model, args=args, train_dataset=data)
    trainer.train()
