"""Words that judge, promise or decide, in English: the tool leaves that to the professional."""
