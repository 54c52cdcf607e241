"""The official-looking workbook that clerks fill in, written from the declarations."""

from junheng.registry.template.writing import (
    write_filled,
    write_one_template,
    write_school_templates,
    write_template,
)

__all__ = ["write_filled", "write_one_template", "write_school_templates", "write_template"]
