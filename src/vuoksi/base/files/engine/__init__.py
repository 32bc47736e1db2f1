from vuoksi.base.files.engine.recognise import TYPES, FileType, Unacceptable, recognise, safe_name

__all__ = ["TYPES", "FileType", "Unacceptable", "recognise", "safe_name"]
