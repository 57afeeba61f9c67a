"""The HTTP API for pipelines: JSON in and out, the same verbs and the same words as in Slack."""
