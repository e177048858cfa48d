"""One program from several files: each plan a project, their links in a file of their own."""
