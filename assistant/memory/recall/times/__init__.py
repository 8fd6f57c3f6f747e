"""Which times a text names: a small grammar of dates and relative times, resolved by the calendar."""
