"""Gates: go on, pause, stop or redirect a project; and what became of decisions that were taken."""
