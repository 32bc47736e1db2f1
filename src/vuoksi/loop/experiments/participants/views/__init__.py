"""Pages of participants: reading, joining, one's own page, the guardian's, and those of the team."""
