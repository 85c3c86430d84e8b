"""Chromabench on a Ray cluster: trains the network that the program has built, on photographs that all workers see."""
