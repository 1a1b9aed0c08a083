from .model import CoCa, CoCaConfig
