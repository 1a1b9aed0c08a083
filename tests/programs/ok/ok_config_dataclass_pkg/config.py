import dataclasses


@dataclasses.dataclass(frozen=True)
class TowerConfig:
    width: int = 8
    freeze: bool = False


@dataclasses.dataclass
class ModelConfig:
    vision: TowerConfig = dataclasses.field(default_factory=lambda: TowerConfig(freeze=True))
    text: TowerConfig = dataclasses.field(default_factory=TowerConfig)
    lr: float = 1e-2
    steps: int = 3


def load(overrides):
    config = ModelConfig()
    for item in overrides:
        key, value = item.split("=")
        setattr(config, key, type(getattr(config, key))(value))
    return config
