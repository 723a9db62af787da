"""The story written down as a company's canonical tables."""
