"""The rows of the desk. Facts are never rows: what schools are lies sealed in the store."""

from junheng.web.models.attachments import Attachment
from junheng.web.models.cases import Case
from junheng.web.models.events import ChainHead, Event
from junheng.web.models.offices import Office
from junheng.web.models.publications import Publication
from junheng.web.models.runs import Run
from junheng.web.models.users import User

__all__ = ["Attachment", "Case", "ChainHead", "Event", "Office", "Publication", "Run", "User"]
