"""The verbs: one stage per module, from a dropped form to a delivered package."""
