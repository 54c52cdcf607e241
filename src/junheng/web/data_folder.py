"""Where the desk keeps its files: one folder, named by JUNHENG_DATA.

desk.sqlite3        the rows, where no other database is named
secret.key          signs sessions; made once, readable by its owner alone
attachments/ab/…    files by the SHA-256 of their content
store/              sealed facts, as `junheng seal` writes them
sealing/            a mark for each seal whose run is not done
results/            a folder a run
published/          frozen files of what is public, a folder a publication
audit/heads.log     heads of the chain of events, outside the database
static/             style sheets and scripts, put together when the desk starts
"""

import os
import secrets
from pathlib import Path

VARIABLE = "JUNHENG_DATA"
DEFAULT = "junheng-desk"


def data_folder() -> Path:
    """The folder named by JUNHENG_DATA, else `junheng-desk` where the process was started."""
    return Path(os.environ.get(VARIABLE) or DEFAULT).absolute()


def secret_key(folder: Path) -> str:
    """The key kept in the folder; where there is none yet, one that this process alone knows."""
    file = folder / "secret.key"
    return file.read_text(encoding="ascii") if file.is_file() else secrets.token_urlsafe(50)


def make_folder(folder: Path) -> None:
    """The folder with its key and its parts, each made where it is not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in ("attachments", "store", "results", "published", "audit", "static"):
        (folder / part).mkdir(exist_ok=True)
    try:
        handle = os.open(folder / "secret.key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
