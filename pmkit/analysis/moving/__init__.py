"""What moved between two states of one plan, such as this month's files and last month's."""
