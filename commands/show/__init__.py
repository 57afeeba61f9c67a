"""What people see, read in one transaction: views for cards, requests, lists, forms and Home."""
