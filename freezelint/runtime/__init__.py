"""The runtime checker: watches real training and says which findings it confirms."""
