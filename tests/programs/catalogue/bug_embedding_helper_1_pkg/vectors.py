import torch
from torch.nn import Embedding


def load_vectors(count, dim):
    table = torch.randn(count, dim)
    return Embedding.from_pretrained(table, padding_idx=0)
