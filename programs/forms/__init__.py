"""Forms of programmes and their companions; they validate and explain, and store nothing."""
