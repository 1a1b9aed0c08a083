def normalise(x, eps=1e-5):
    """Mean and variance normalisation along time, in numpy."""
    mean = x.mean(axis=1, keepdims=True)
    return (x - mean) / (x.std(axis=1, keepdims=True) + eps)
