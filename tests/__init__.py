"""The tests: one folder per app, `house/` for the rules of the house, `bench/` for the benchmark."""
