"""Measures step by step: weeks, four weeks, months and quarters."""
