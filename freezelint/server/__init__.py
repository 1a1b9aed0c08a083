"""The language server: what freezelint finds and knows, in an editor. Needs the extra `lsp`."""
