"""Every form that people fill in: domain values to modal views.

An input block's `block_id` is the name of its field, listed at the top of its module. The action id inside
may change with what is proposed, so that Slack shows the new proposal: readers take the one element.
"""
