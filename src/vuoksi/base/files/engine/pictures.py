"""Take out of a picture what is not seen: where and when it was taken, by which camera, and remarks.

The picture is drawn anew from its pixels, so whatever else the file held does not come along: EXIF, XMP and IPTC data,
comments, embedded previews, bytes after the end. Two things are kept, because without them it would look different:
the turn that the camera noted, which is applied, and the colour profile.
"""

import io
from typing import Any

from PIL import Image, ImageOps, JpegImagePlugin

from vuoksi.base.files.engine.recognise import Unacceptable

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
# What a telephone takes today (8,064 by 6,048) fits. Each pixel takes up to 4 bytes, twice while it is turned; drawing
# WebP takes 20 bytes for each, and nothing of that size is sent in it.
MOST_PIXELS = {"JPEG": 50_000_000, "PNG": 50_000_000, "WEBP": 20_000_000}
# Of a WebP picture the file does not say how finely it was drawn.
WEBP_QUALITY = 90
# `transparency` names the colour of a PNG that is not drawn.
_KEPT = ("icc_profile", "transparency")

# Pillow warns or refuses by limits of its own; MOST_PIXELS is asked before any pixel is unpacked.
Image.MAX_IMAGE_PIXELS = None


def without_hidden_data(content: bytes, media_type: str) -> bytes:
    """Give the picture without what is not seen; what is no picture is given back as it is.

    Raises Unacceptable: broken, pixels (too many), animated.
    """
    known = FORMATS.get(media_type)
    return content if known is None else _drawn_anew(content, known)


def _drawn_anew(content: bytes, known: str) -> bytes:
    try:
        # A file that says more than one thing of itself is read as what it was recognised as, and nothing else.
        with Image.open(io.BytesIO(content), formats=[known]) as picture:
            _check(picture, known)
            lossless = _is_lossless(content)
            ImageOps.exif_transpose(picture, in_place=True)
            picture.info = {key: picture.info[key] for key in _KEPT if key in picture.info}
            drawn = io.BytesIO()
            picture.save(drawn, known, **_manner(picture, known, lossless=lossless))
    except Unacceptable:
        raise
    except Exception as broken:
        # Readers of broken pictures raise errors of many kinds; each means the same to the one who sent it.
        raise Unacceptable("broken") from broken
    return drawn.getvalue()


def _check(picture: Image.Image, known: str) -> None:
    if picture.width * picture.height > MOST_PIXELS[known]:
        raise Unacceptable("pixels")
    # Further pictures in a JPEG file are previews and depths that cameras add: they are left out like other hidden data.
    if known != "JPEG" and getattr(picture, "is_animated", False):
        raise Unacceptable("animated")


def _manner(picture: Image.Image, known: str, *, lossless: bool) -> dict[str, Any]:
    """How to draw it so that it looks the same and is about as large."""
    kept = {"icc_profile": picture.info.get("icc_profile")}
    if known == "JPEG":
        assert isinstance(picture, JpegImagePlugin.JpegImageFile)
        sampling = JpegImagePlugin.get_sampling(picture)
        return {**kept, "qtables": picture.quantization, "subsampling": sampling}
    if known == "WEBP":
        return {**kept, "lossless": lossless, "quality": WEBP_QUALITY, "method": 2}
    return kept


def _is_lossless(content: bytes) -> bool:
    """Whether a WebP file holds its pixels without loss: in a part named VP8L, not VP8 (RFC 9649)."""
    place = len(b"RIFF....WEBP")
    while place + 8 <= len(content):
        if content[place : place + 4] == b"VP8L":
            return True
        size = int.from_bytes(content[place + 4 : place + 8], "little")
        place += 8 + size + size % 2
    return False
