"""Commands about runs: made, listed, checked, compared, pruned."""
