"""What a careful colleague would find in coded lives: one rule a function."""
