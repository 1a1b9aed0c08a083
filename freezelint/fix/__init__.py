"""Repairs: recipes are resolved against the syntax tree of a file into edits, and edits are applied to its bytes."""
