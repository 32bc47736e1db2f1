"""Pages of testbeds: reading, booking, keeping, agreements and checklists."""
