from torch import nn


def build():
    return nn.Sequential(nn.Linear(3, 8), nn.ReLU(), nn.Linear(8, 1))


def adapt_input(model, inputs):
    model[0] = nn.Linear(inputs, 8)
