"""What has been earned and spent, where that leads, and when it is unusual."""
