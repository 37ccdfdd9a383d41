"""Delivery: what is due, what evidence supports, how people assess it. Pure: the day is passed in."""
