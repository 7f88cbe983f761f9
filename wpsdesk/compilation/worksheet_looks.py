"""How the cells of a worksheet look."""

from __future__ import annotations

from typing import Final

_BOX: Final[dict[str, object]] = {"border": 1, "border_color": "#77797B", "text_wrap": True, "valign": "top"}
_QUIET: Final[dict[str, object]] = {"bg_color": "#F3F3F4", "text_wrap": True, "valign": "top"}
LOOKS: Final[dict[str, dict[str, object]]] = {
    "title": {"bold": True, "font_size": 14, "text_wrap": True, "valign": "top"},
    "strong": {"bold": True, "text_wrap": True, "valign": "top"},
    "wrap": {"text_wrap": True, "valign": "top"},
    "small": {"font_size": 9, "font_color": "#5B5D60"},
    "head": {"bold": True, "bottom": 2, "bottom_color": "#0062BA", "text_wrap": True},
    "group": {"bold": True, "font_color": "#0062BA", "top": 1, "top_color": "#C9CACB"},
    "code": {"font_size": 8, "font_color": "#77797B"},
    "label": {"bold": True, **_QUIET},
    "last": {"font_color": "#5B5D60", "num_format": "@", "align": "left", **_QUIET},
    "hint": {"italic": True, "font_color": "#5B5D60", "text_wrap": True, "valign": "top"},
    "link": {"font_color": "#0062BA", "underline": 1},
    "answer": {"locked": False, "num_format": "@", **_BOX},
    "number": {"locked": False, "num_format": "General", "align": "left", **_BOX},
    "date": {"locked": False, "num_format": "dd.mm.yyyy", "align": "left", **_BOX},
}
