"""What a command does, free of its options and its output."""
