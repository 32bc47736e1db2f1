"""The interface in several languages: message catalogues made, checked and compiled by Babel alone.

No system package is needed. Each catalogue is `locale/<language>/LC_MESSAGES/django.po`; English is the source.
"""
