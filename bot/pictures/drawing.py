"""Draws a Vega-Lite specification as a PNG. Imports nothing of ours: it runs as a process of its own as well.

`python drawing.py FONTS` answers each line of JSON on its standard input (one specification) with the
picture: first its length in four bytes, zero when it cannot be drawn; the reason stands on standard error.
"""

from __future__ import annotations

import json
import struct
import sys
from typing import Any

import vl_convert

SCALE = 2  # sharp on the screens of today
LENGTH = struct.Struct(">I")


def png(spec: dict[str, Any], fonts: str) -> bytes:
    """The picture, with the fonts of that folder. Raises ValueError for what is no specification."""
    vl_convert.register_font_directory(fonts)
    return vl_convert.vegalite_to_png(spec, scale=SCALE, allowed_base_urls=[])


def main(fonts: str) -> None:
    """Until the input ends. Nothing of a specification is fetched from anywhere."""
    for line in sys.stdin.buffer:
        try:
            drawn = png(json.loads(line), fonts)
        except ValueError as error:
            sys.stderr.write(f"{error}\n")
            drawn = b""
        sys.stdout.buffer.write(LENGTH.pack(len(drawn)) + drawn)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1])
