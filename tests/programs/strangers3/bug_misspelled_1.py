# label: bug
# category: misspelled
# rule: FRZ102
# line: 32
# truth: param.require_grad = False in the freeze loop of a text classifier: the embeddings and encoder move
from dataclasses import dataclass

import torch
import torch.nn as nn


@dataclass
class TrainingConfig:
    vocab_size: int = 50
    hidden: int = 12
    num_labels: int = 3
    freeze_encoder: bool = True
    learning_rate: float = 1e-2
    max_steps: int = 3


class TextClassifier(nn.Module):
    def __init__(self, config: TrainingConfig):
        super().__init__()
        self.embeddings = nn.Embedding(config.vocab_size, config.hidden)
        self.encoder = nn.GRU(config.hidden, config.hidden, batch_first=True)
        self.classifier = nn.Linear(config.hidden, config.num_labels)

    def freeze_base(self):
        for module in (self.embeddings, self.encoder):
            for param in module.parameters():
                param.require_grad = False

    def forward(self, input_ids):
        out, _ = self.encoder(self.embeddings(input_ids))
        return self.classifier(out[:, -1])


def main():
    config = TrainingConfig()
    model = TextClassifier(config)
    if config.freeze_encoder:
        model.freeze_base()
    optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=config.learning_rate)
    loss_fn = nn.CrossEntropyLoss()
    for step in range(config.max_steps):
        ids = torch.randint(0, config.vocab_size, (4, 6))
        labels = torch.randint(0, config.num_labels, (4,))
        loss = loss_fn(model(ids), labels)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
    return model


if __name__ == "__main__":
    model = main()
