"""What a review is: tables, value types and the vocabulary."""
