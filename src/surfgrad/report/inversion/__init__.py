"""What an inversion found, drawn from its folder."""
