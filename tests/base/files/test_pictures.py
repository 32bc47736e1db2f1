"""Pictures are kept without what is not seen. The secrets planted here are looked for in the very bytes."""

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

from tests.base.files import samples
from vuoksi.base.files.engine import Unacceptable, pictures, without_hidden_data

SECRET = "Otsolahdenranta"
TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
# Tags of EXIF: 0x8825 where it was taken, 0x0112 how the camera was turned, 0x010E what is seen, 0x9286 a remark.
PLACE, TURN, SEEN, REMARK = 0x8825, 0x0112, 0x010E, 0x9286


def exif(turn=1):
    found = Image.Exif()
    found[TURN], found[SEEN] = turn, SECRET
    found.get_ifd(0x8769)[REMARK] = SECRET.encode()
    place = found.get_ifd(PLACE)
    place.update({1: "N", 2: (60.0, 10.0, 54.32), 3: "E", 4: (24.0, 49.0, 12.3), 27: SECRET})
    return found


def four_colours(mode="RGB", size=(64, 32)):
    """A picture whose four corners tell how it is turned."""
    image = Image.new("RGB", size)
    half = (size[0] // 2, size[1] // 2)
    for place, colour in zip(
        ((0, 0), (half[0], 0), (0, half[1]), half), ("red", "lime", "blue", "white"), strict=True
    ):
        image.paste(colour, (*place, place[0] + half[0], place[1] + half[1]))
    return image.convert(mode)


def with_secrets(kind, turn=1):
    image = four_colours()
    more = {"exif": exif(turn), "icc_profile": PROFILE}
    if kind == "PNG":
        remarks = PngImagePlugin.PngInfo()
        remarks.add_text("Comment", SECRET)
        remarks.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{SECRET}</x:xmpmeta>")
        more["pnginfo"] = remarks
    else:
        more["xmp"] = f"<x:xmpmeta>{SECRET}</x:xmpmeta>".encode()
    if kind == "JPEG":
        more |= {"comment": SECRET, "quality": 95}
    return samples.picture(kind, image, **more) + SECRET.encode()


def opened(content):
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def corners(image):
    """The corners' colours, to the nearest of full and none: what JPEG blurs a little is the same."""
    width, height = image.size
    places = ((2, 2), (width - 3, 2), (2, height - 3), (width - 3, height - 3))
    return [tuple(round(part / 255) for part in image.convert("RGB").getpixel(p)) for p in places]


@pytest.mark.parametrize("kind", TYPES)
def test_nothing_hidden_is_left_and_the_profile_is_kept(kind):
    sent = with_secrets(kind)
    assert SECRET.encode() in sent

    kept = without_hidden_data(sent, TYPES[kind])

    assert SECRET.encode() not in kept
    image = opened(kept)
    assert (image.format, dict(image.getexif())) == (kind, {})
    assert image.info["icc_profile"] == PROFILE
    assert not {"exif", "xmp", "comment", "Comment", "XML:com.adobe.xmp"} & image.info.keys()


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("kind", TYPES)
def test_the_turn_that_the_camera_noted_is_applied(kind, turn):
    sent = with_secrets(kind, turn)
    seen = ImageOps.exif_transpose(opened(sent))

    kept = opened(without_hidden_data(sent, TYPES[kind]))

    assert (kept.size, corners(kept)) == (seen.size, corners(seen))
    assert kept.size == ((64, 32) if turn < 5 else (32, 64))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_keeps_every_pixel(mode):
    image = Image.new("I;16", (8, 8), 40_000) if mode == "I;16" else four_colours(mode)

    kept = opened(without_hidden_data(samples.picture("PNG", image), "image/png"))

    assert (kept.mode, kept.tobytes()) == (image.mode, image.tobytes())


def test_the_colour_that_is_not_drawn_stays_so():
    sent = samples.picture("PNG", four_colours("P"), transparency=3)

    kept = without_hidden_data(sent, "image/png")

    assert opened(kept).convert("RGBA").tobytes() == opened(sent).convert("RGBA").tobytes()


def test_a_webp_without_loss_stays_without_loss():
    sent = samples.picture("WEBP", four_colours("RGBA"), lossless=True, exif=exif())

    kept = without_hidden_data(sent, "image/webp")

    assert opened(kept).tobytes() == opened(sent).tobytes()
    assert (pictures._is_lossless(sent), pictures._is_lossless(kept)) == (True, True)
    assert pictures._is_lossless(with_secrets("WEBP")) is False


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
@pytest.mark.parametrize("quality", [30, 75, 95])
def test_a_jpeg_is_drawn_as_finely_as_it_was(mode, quality):
    sent = samples.picture("JPEG", four_colours(mode), quality=quality, progressive=True)

    kept = without_hidden_data(sent, "image/jpeg")

    assert (opened(kept).mode, opened(kept).quantization) == (mode, opened(sent).quantization)
    assert corners(opened(kept)) == corners(opened(sent))


def test_a_preview_inside_a_jpeg_is_left_out():
    stream = io.BytesIO()
    four_colours().save(
        stream, "MPO", save_all=True, append_images=[Image.new("RGB", (640, 480), "red")]
    )

    kept = opened(without_hidden_data(stream.getvalue(), "image/jpeg"))

    assert (kept.format, kept.size, getattr(kept, "n_frames", 1)) == ("JPEG", (64, 32), 1)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_moving_picture_is_not_taken(kind):
    moving = samples.picture(kind, save_all=True, append_images=[four_colours(size=(6, 4))])

    with pytest.raises(Unacceptable, match="animated"):
        without_hidden_data(moving, TYPES[kind])


def png_that_says(width, height):
    """A PNG whose head promises so many pixels; it is small all the same."""

    def part(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + part(b"IDAT", zlib.compress(bytes(1000))) + part(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(50_000, 50_000), (8_000, 6_251), (2**31 - 1, 2**31 - 1)])
def test_a_picture_that_would_fill_the_memory_is_not_unpacked(size):
    with pytest.raises(Unacceptable, match="pixels"):
        without_hidden_data(png_that_says(*size), "image/png")


def test_a_large_webp_is_not_unpacked():
    large = samples.picture("WEBP", Image.new("L", (5_000, 4_001)), method=0, quality=1)

    with pytest.raises(Unacceptable, match="pixels"):
        without_hidden_data(large, "image/webp")


@pytest.mark.parametrize(("kind", "media_type"), TYPES.items())
def test_a_broken_picture_is_not_taken(kind, media_type):
    whole = samples.picture(kind, Image.effect_noise((80, 80), 90).convert("RGB"))

    with pytest.raises(Unacceptable, match="broken"):
        without_hidden_data(whole[: len(whole) // 2], media_type)


def test_a_picture_is_read_as_what_it_was_recognised_as():
    with pytest.raises(Unacceptable, match="broken"):
        without_hidden_data(samples.JPEG, "image/png")


@given(st.sampled_from(sorted(TYPES)), st.data())
def test_any_damage_is_taken_or_refused(kind, data):
    content = bytearray(with_secrets(kind))
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=20)):
        content[place] = data.draw(st.integers(0, 255))

    assert said_of(bytes(content), TYPES[kind]) in {"taken", "broken", "pixels", "animated"}


def said_of(content, media_type):
    try:
        kept = without_hidden_data(content, media_type)
    except Unacceptable as refused:
        return refused.code
    return "taken" if SECRET.encode() not in kept else "secret"


@pytest.mark.parametrize("content", [samples.PDF, samples.CSV, samples.DOCX])
def test_what_is_no_picture_is_kept_as_it_is(content):
    assert without_hidden_data(content, "application/pdf") == content
