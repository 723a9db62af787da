"""The group itself: its houses, guests, failures and calendar, and the numbers that both are read from."""
