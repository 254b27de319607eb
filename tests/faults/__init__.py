"""What becomes of the work when the processes that do it are killed and the servers below them go away."""
