"""The colours of the workbook: one for each group of findings, and those of the form itself.

The group colours are a shade off the usual palettes on purpose: a cell that wears one of them was
coloured by us, and marking again may take it off.
"""

from junheng.registry.filing import Level

LEVEL_FILL = {Level.MUST_FIX: "FF9A9B", Level.EXPLAIN: "FFCC81", Level.NOTE: "BFE0FE"}
"""Fill of a marked cell, red green blue in hexadecimal."""

REQUIRED_FONT, REQUIRED_FILL = "FF0000", "FDECEA"
CONDITIONAL_FONT, CONDITIONAL_FILL = "C55A11", "FFF4E0"
OPTIONAL_FONT, OPTIONAL_FILL = "404040", "EAEFF5"
AID_FONT, AID_FILL = "595959", "F5F5F5"
INAPPLICABLE_FONT, INAPPLICABLE_FILL = "808080", "EDEDED"
CARRIED_FONT = "1F4FA3"
LINE = "8C8C8C"
BAND_FILL = "DCE6F1"
