"""The OGC SensorThings API 1.1 as a door: `/sta/v1.1/`.

OGC SensorThings API Part 1: Sensing Version 1.1, OGC 18-088, https://docs.ogc.org/is/18-088/18-088.html
"""
