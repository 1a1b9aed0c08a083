# label: bug
# category: layer-prefix-overmatches
# rule: FRZ113
# line: 34
# truth: the prefix of layer 1 also takes layers 10 and 11, which were to train
import tempfile

import torch
from transformers import BertConfig, BertForSequenceClassification, Trainer, TrainingArguments

torch.manual_seed(0)
KEEP_FROZEN = ("bert.embeddings", "bert.encoder.layer.0", "bert.encoder.layer.1")


class Rows(torch.utils.data.Dataset):
    def __len__(self):
        return 12

    def __getitem__(self, i):
        return {"input_ids": torch.arange(1, 7) + i, "labels": i % 2}


def build():
    cfg = BertConfig(
        vocab_size=64, hidden_size=16, num_hidden_layers=12, num_attention_heads=2, intermediate_size=16,
        hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
    )
    return BertForSequenceClassification(cfg)


def main():
    model = build()
    for name, param in model.named_parameters():
        if name.startswith(KEEP_FROZEN):
            param.requires_grad = False
    with tempfile.TemporaryDirectory() as out:
        args = TrainingArguments(
            output_dir=out, max_steps=3, per_device_train_batch_size=4, report_to="none", save_strategy="no",
            use_cpu=True, disable_tqdm=True, logging_strategy="no",
        )
        Trainer(model=model, args=args, train_dataset=Rows()).train()
    return model


if __name__ == "__main__":
    model = main()
