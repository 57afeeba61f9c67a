"""The steps of a rollout that a machine carries out, and what follows from any of them."""
