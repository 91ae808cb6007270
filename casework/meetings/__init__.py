"""Meetings of a review: arranged, moved, called off, answered; as calendar requests, and in a calendar of one's own."""
