"""Which parameters get which rate."""


def split(model):
    """The parameters of stem, body and head."""
    stem = list(model.stem.parameters())
    body = list(model.body.parameters())
    head = list(model.head.parameters())
    return stem, body, head
