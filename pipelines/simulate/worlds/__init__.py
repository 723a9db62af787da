"""Companies whose chances are known under any policy: what estimates and grades are held against."""
