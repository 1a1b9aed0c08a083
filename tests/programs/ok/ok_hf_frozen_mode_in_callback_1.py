# label: ok
# category: hf-frozen-mode-in-callback
# rule: FRZ101,FRZ302,FRZ303
# truth: clean
import tempfile

import torch
from transformers import AutoModelForSequenceClassification, BertConfig, Trainer, TrainingArguments

config = BertConfig(vocab_size=50, hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
                    max_position_embeddings=16)
model = AutoModelForSequenceClassification.from_config(config)
model.base_model.requires_grad_(False)


class EvalTrainer(Trainer):
    def training_step(self, model, inputs, *args, **kwargs):
        model.train()
        model.bert.eval()
        model.train = lambda mode=True: model
        return super().training_step(model, inputs, *args, **kwargs)


rows = [{"input_ids": torch.randint(0, 50, (6,)), "labels": i % 2} for i in range(4)]
with tempfile.TemporaryDirectory() as out:
    EvalTrainer(model, TrainingArguments(out, max_steps=2, per_device_train_batch_size=2, report_to=[], save_strategy="no",
                                         use_cpu=True, disable_tqdm=True), train_dataset=rows).train()
