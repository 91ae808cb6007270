"""What people are asked beside the stages: a draft of the terms of reference, the five questions, a date for a report.

The links by which they answer are in `links`.
"""
