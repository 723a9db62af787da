"""Experiments from plan to verdict."""
