"""Plain frozen data that every other part of freezelint speaks in: the floor of the house."""
