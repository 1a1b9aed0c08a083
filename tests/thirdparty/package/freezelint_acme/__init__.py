"""The rules of Acme, found through the entry point `freezelint.rules`."""

from freezelint_acme.acm101_frozen_head import RULE as ACM101

RULES = (ACM101,)
