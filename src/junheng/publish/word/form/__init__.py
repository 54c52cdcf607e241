"""申报表: a Word template with placeholders, filled from the assessment; an officer may replace it."""

from junheng.publish.word.form.fields import LISTS, MEANINGS, fields_of
from junheng.publish.word.form.filling import Template, filled, opened, read
from junheng.publish.word.form.template import own_template

__all__ = ["LISTS", "MEANINGS", "Template", "fields_of", "filled", "opened", "own_template", "read"]
