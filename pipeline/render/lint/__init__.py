"""The lint: every fault of a template, with its place, before any value is there. `check` is where it begins."""
