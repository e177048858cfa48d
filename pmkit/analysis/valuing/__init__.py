"""What money is worth through time, and when benefits come."""
