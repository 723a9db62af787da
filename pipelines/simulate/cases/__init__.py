"""What happens to a guest whom something fails: opened, answered, made good, resolved, and back or not."""
