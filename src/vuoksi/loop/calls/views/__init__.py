"""Pages of calls, by who uses them: everybody, authors, coordinators."""
