"""What time alone makes happen: announcements, reminders, lapses."""
