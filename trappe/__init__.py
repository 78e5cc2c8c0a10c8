"""The command-line tool: a thin layer on top of everything else."""
