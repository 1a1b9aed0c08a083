from .vit import ViTClassifier

_ENTRY = {"vit_pico": dict(embed_dim=8, depth=1)}


def build_vit(name, num_classes, freeze_tokens=False, drop_path=0.0):
    model = ViTClassifier(num_classes=num_classes, **_ENTRY[name])
    if freeze_tokens:
        model.freeze_tokens()
    return model
