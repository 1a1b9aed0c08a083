# label: bug
# category: hf-callback-unfreeze
# rule: FRZ203
# line: 19
# truth: the callback unfreezes the encoder, the Trainer's optimizer was made without it: it never moves
import tempfile

import torch
from transformers import BertConfig, BertForSequenceClassification, Trainer, TrainerCallback, TrainingArguments


class GradualUnfreeze(TrainerCallback):
    def __init__(self, model, step):
        self.model, self.step = model, step

    def on_step_begin(self, args, state, control, **kwargs):
        if state.global_step == self.step:
            for param in self.model.bert.encoder.parameters():
                param.requires_grad = True


def main():
    model = BertForSequenceClassification(BertConfig(
        vocab_size=50, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=16))
    for param in model.bert.parameters():
        param.requires_grad = False
    rows = [{"input_ids": torch.randint(0, 50, (6,)), "labels": i % 2} for i in range(8)]
    with tempfile.TemporaryDirectory() as out:
        args = TrainingArguments(out, max_steps=4, per_device_train_batch_size=2, report_to=[], save_strategy="no",
                                 use_cpu=True, disable_tqdm=True)
        trainer = Trainer(model, args, train_dataset=rows, callbacks=[GradualUnfreeze(model, 1)])
        trainer.train()


if __name__ == "__main__":
    main()
