"""Draws charts: SVG for the page, files for the reader. Drawn once for the same figures, whatever page asks."""

import csv
import io
import json
import re
import zlib
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import vl_convert
from django.core import signing
from django.core.cache import cache
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from vuoksi.base.lists.exports import csv_cell, plain_value
from vuoksi.base.ui import specs
from vuoksi.base.ui.charts import Chart, Spec, description

DAY_S = 24 * 3600
SALT = "vuoksi.ui.chart"
# Numbers keep Western digits in Arabic, as everywhere else on the pages.
BRITISH: tuple[Any, Any] = ("en-GB", "en-GB")
LOCALES: dict[str, tuple[Any, Any]] = {
    "fi": ("fi-FI", "fi-FI"),
    "sv": ("sv-SE", "sv-SE"),
    "ar": ("en-GB", "ar-EG"),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """Both sizes of the picture, and the signed parcel that the downloads are made from."""

    wide: str
    narrow: str
    parcel: str


def drawn(chart: Chart) -> Drawn:
    """Give the pictures, from the cache when these very figures were drawn before."""
    key = f"chart:{key_of(chart)}"
    found: Drawn | None = cache.get(key)
    if found is None:
        found = Drawn(_svg(chart, specs.WIDE), _svg(chart, specs.NARROW), _parcel(chart))
        cache.set(key, found, DAY_S)
    return found


def key_of(chart: Chart) -> str:
    """Give the digest of all that the picture depends on."""
    whole = (chart.kind, chart.title, chart.unit, chart.table, translation.get_language())
    return sha256(repr(whole).encode()).hexdigest()[:20]


def pictures(chart: Chart) -> SafeString:
    """Give the markup of both sizes; the stylesheet shows the one that fits."""
    both = drawn(chart)
    return mark_safe(both.wide + both.narrow)  # noqa: S308 - made by _svg, which escapes every text


def unpacked(parcel: str) -> dict[str, Any]:
    """Open a parcel; raises signing.BadSignature if it is not one of ours."""
    packed = signing.Signer(salt=SALT).unsign(parcel)
    opened: dict[str, Any] = json.loads(zlib.decompress(signing.b64_decode(packed.encode())))
    return opened


def as_csv(content: dict[str, Any]) -> bytes:
    text = io.StringIO()
    rows = [content["header"], *content["rows"]]
    csv.writer(text).writerows([[csv_cell(cell) for cell in row] for row in rows])
    return ("\ufeff" + text.getvalue()).encode()


def as_json(content: dict[str, Any]) -> bytes:
    """The Vega-Lite specification, with the figures, title and source inside."""
    return json.dumps(content["spec"], ensure_ascii=False, indent=1).encode()


def as_png(content: dict[str, Any]) -> bytes:
    figure, time = LOCALES.get(content["language"], BRITISH)
    drawing: bytes = vl_convert.vegalite_to_png(
        content["spec"],
        scale=2,
        allowed_base_urls=[],
        format_locale=figure,
        time_format_locale=time,
    )
    return drawing


def _svg(chart: Chart, width: int) -> str:
    figure, time = LOCALES.get(translation.get_language() or "", BRITISH)
    svg = vl_convert.vegalite_to_svg(
        chart.spec(width), allowed_base_urls=[], format_locale=figure, time_format_locale=time
    )
    name = f"chart-{key_of(chart)}-{width}"
    size = "wide" if width == specs.WIDE else "narrow"
    opening = (
        f'<svg class="chart-picture" data-size="{size}" role="img" aria-labelledby="{name}" '
        f'aria-describedby="{name}-words"'
    )
    words = (
        f'<title id="{name}">{escape(chart.title)}</title>'
        f'<desc id="{name}-words">{escape(description(chart))}</desc>'
    )
    return re.sub(
        r"^<svg ([^>]*?)>",
        lambda found: f"{opening} {_view_box(found[1])}>{words}",
        _own_names(svg, f"{key_of(chart)}{size}"),
        count=1,
    )


def _own_names(svg: str, prefix: str) -> str:
    """Name clip paths apart, since two charts on one page share clip0; drop roles inside the one picture."""
    svg = re.sub(r'(id="|url\(#)(?=clip)', rf"\1c{prefix}-", svg)
    return re.sub(r' (role="graphics-\w+"|aria-roledescription="[^"]*")', "", svg)


def _view_box(attributes: str) -> str:
    found = re.search(r'viewBox="[^"]*"', attributes)
    return found[0] if found else ""


def _parcel(chart: Chart) -> str:
    content = {
        "title": chart.title,
        "language": translation.get_language(),
        "header": [str(name) for name in chart.table.header],
        "rows": [[_storable(cell) for cell in row] for row in chart.table.rows],
        "spec": _titled(chart),
    }
    packed = zlib.compress(json.dumps(content, ensure_ascii=False).encode(), 9)
    return signing.Signer(salt=SALT).sign(signing.b64_encode(packed).decode())


def _titled(chart: Chart) -> Spec:
    """A picture that leaves the page takes its title, unit and source with it, and the names of its lines."""
    spec = json.loads(json.dumps(chart.spec(specs.WIDE)))
    spec["title"] = {
        "text": chart.title,
        "subtitle": " · ".join(part for part in (chart.unit, chart.source) if part),
        "anchor": "start",
        "color": specs.INK,
        "subtitleColor": specs.FAINT,
        "limit": specs.WIDE,
        "subtitlePadding": 6,
        "offset": 14,
    }
    spec["config"]["background"] = specs.PAPER
    _show_legend(spec)
    return dict(spec)


def _show_legend(spec: Any) -> None:
    if isinstance(spec, dict):
        if spec.get("field") == "series":
            spec["legend"] = {"title": None, "orient": "bottom", "columns": 1, "labelLimit": 600}
        for part in spec.values():
            _show_legend(part)
    elif isinstance(spec, list):
        for part in spec:
            _show_legend(part)


def _storable(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, date) else plain_value(cell)
