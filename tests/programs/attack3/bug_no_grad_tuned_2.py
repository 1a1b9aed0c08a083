# label: bug
# category: no-grad-tuned
# rule: FRZ402
# line: 37
# truth: the last encoder layer is unfrozen on purpose and sits in the optimizer, but encode() always runs under no_grad
import torch
from torch import nn


class TextModel(nn.Module):
    def __init__(self, v=20, d=8, n=3):
        super().__init__()
        self.embeddings = nn.Embedding(v, d)
        self.layers = nn.ModuleList(nn.Linear(d, d) for _ in range(n))

    def forward(self, ids):
        h = self.embeddings(ids)
        for layer in self.layers:
            h = h + layer(h).tanh()
        return h.mean(1)


class IntentClassifier:
    def __init__(self, unfreeze_last=1, n_intents=3):
        self.text_model = TextModel()
        self.classifier = nn.Linear(8, n_intents)
        for p in self.text_model.parameters():
            p.requires_grad = False
        for layer in self.text_model.layers[-unfreeze_last:]:
            for p in layer.parameters():
                p.requires_grad = True
        params = [p for p in self.text_model.parameters() if p.requires_grad]
        self.optim = torch.optim.Adam([{"params": params, "lr": 1e-4},
                                       {"params": self.classifier.parameters(), "lr": 1e-2}])

    def encode(self, ids):
        with torch.no_grad():
            return self.text_model(ids)

    def fit(self, steps):
        for _ in range(steps):
            ids, y = torch.randint(0, 20, (4, 6)), torch.randint(0, 3, (4,))
            loss = nn.functional.cross_entropy(self.classifier(self.encode(ids)), y)
            self.optim.zero_grad()
            loss.backward()
            self.optim.step()


clf = IntentClassifier()
clf.fit(3)
