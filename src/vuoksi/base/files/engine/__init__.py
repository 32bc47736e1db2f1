from vuoksi.base.files.engine.pictures import without_hidden_data
from vuoksi.base.files.engine.recognise import TYPES, FileType, Unacceptable, recognise, safe_name

__all__ = [
    "TYPES",
    "FileType",
    "Unacceptable",
    "recognise",
    "safe_name",
    "without_hidden_data",
]
