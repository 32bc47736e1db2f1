"""What the code says of itself, written into docs/reference and held equal to it.

Each module here makes pages from one source: the settings, the commands, the indicators, the permission table, the
tables of states, the OpenAPI. What is not described is a fault, so that nothing stays undocumented.
"""
