from .classifier import TransferNet as TransferNet
