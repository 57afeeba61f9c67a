"""The personal digest: planned for whoever takes part, each their own choice, written in the morning."""
