"""Evidence to hand out: a folder that shows what was proved, to be checked without screener."""
