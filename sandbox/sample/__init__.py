"""The history of the demo's two repositories, as data."""
