"""Writers: a report goes in, text comes out, one file per format."""
