"""For instructors: exercises with numbers of their own for each student, and their marking."""
