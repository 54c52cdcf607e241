"""The sums of a folder of the store: `files.json` lists every other file with its bytes and SHA-256.

The fingerprint of facts is over their content, whatever the Parquet around it; the sums are over
every byte, and are asked before a file is parsed. `files.json` is written in one form only, so that
a change in itself is seen too. Folders that were sealed before there were sums have none.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

SUMS = "files.json"
BLOCK = 1 << 20
FORMAT = "junheng files 1"

GONE = "不见了"
Wrong = tuple[str, str]
"""Name of a file in the folder, and what is wrong with it in Chinese."""


def write_sums(folder: Path) -> None:
    """List the files that stand in the folder now."""
    (folder / SUMS).write_bytes(_text({each.name: _sum(each) for each in _files(folder)}))


def faults_of_sums(folder: Path) -> Iterator[Wrong]:
    """Every listed file that is missing or altered; nothing where the folder has no sums.

    What a system added by itself (a `.DS_Store`) is no fault. Raises OSError where a file cannot
    be read.
    """
    if not (folder / SUMS).is_file():
        return
    listed = _listed(folder)
    if listed is None:
        yield SUMS, "被改动过，读不出各文件的校验值"
        return
    for name in sorted(listed):
        if not (folder / name).is_file():
            yield name, GONE
        elif listed[name] != _sum(folder / name):
            yield name, "与封存时的校验值不符，封存后被改动过"


def strangers_of(folder: Path) -> list[str]:
    """Names of what lies in the folder and is not listed; none where it has no readable sums."""
    listed = _listed(folder) if (folder / SUMS).is_file() else None
    return [each.name for each in _files(folder) if listed is not None and each.name not in listed]


def _files(folder: Path) -> list[Path]:
    return sorted(each for each in folder.iterdir() if each.name != SUMS)


def _sum(path: Path) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
            size += len(block)
    return {"bytes": size, "sha256": digest.hexdigest()}


def _listed(folder: Path) -> Mapping[str, Any] | None:
    """What `files.json` lists; None where it is not what we write."""
    content = (folder / SUMS).read_bytes()
    try:
        files = json.loads(content)["files"]
        same = content == _text(files)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return files if same and isinstance(files, dict) else None


def _text(files: Mapping[str, Any]) -> bytes:
    content = {"format": FORMAT, "files": files}
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
