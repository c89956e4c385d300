"""The intake desk: records that are kept safe, found again, handed over and erased."""
