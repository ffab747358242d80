"""What the words mean: pure, frozen values and the rules about them. Standard library only."""
