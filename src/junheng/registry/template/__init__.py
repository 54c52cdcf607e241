"""The official-looking workbook that clerks fill in, written from the declarations.

Loaded when it is first asked for: what of last year is carried over is asked without writing it.
"""

from typing import TYPE_CHECKING

from junheng.later import later

if TYPE_CHECKING:
    from junheng.registry.template.writing import (
        write_filled,
        write_one_template,
        write_school_templates,
        write_template,
    )

__all__ = ["write_filled", "write_one_template", "write_school_templates", "write_template"]

__getattr__ = later(__name__, {"writing": __all__})
