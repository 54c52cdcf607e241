"""Publishing the conclusions of a sealed year: drafted, published with its basis, withdrawn."""

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from django.db import transaction

from junheng.errors import RefusedError
from junheng.registry.whole_file import place_folder, write_whole
from junheng.web.actions.recording import OutpacedError, record, refuse_repeated
from junheng.web.models import Publication, Run, User
from junheng.web.models.publications import SUMS, PublicationState, published
from junheng.web.models.runs import RunState
from junheng.web.run_kinds import RunKind

LONGEST_TITLE = 160
LONGEST_BASIS = 500


@transaction.atomic
def draft(run: Run, *, title: str, by: User, once: str | None = None) -> Publication:
    """A publication that nobody outside sees yet; the one that is there already where the same run
    is being drafted. Raises RefusedError where the run is no official conclusion."""
    if run.kind != RunKind.ASSESSMENT or run.state != RunState.DONE or not run.official:
        raise RefusedError(f"“{run}”不是做完的正式评估，不能公开。请选一次正式的结论。")
    there = Publication.objects.filter(run=run, state=PublicationState.DRAFT).first()
    if there is not None:
        return there
    made = Publication.objects.create(
        title=_title(title), office=run.office, run=run, state=PublicationState.DRAFT
    )
    record("拟公开", made, by=by, new={"title": made.title, "run": run.pk}, once=once)
    return made


@transaction.atomic
def publish(
    publication: Publication,
    files: Mapping[str, bytes],
    *,
    by: User,
    seen: int,
    title: str,
    starts: date,
    ends: date | None,
    basis: str,
    once: str | None = None,
) -> None:
    """Freeze the files and show them from `starts` to `ends` (None: until withdrawn).

    `basis` says who decided it: an office publishes nothing on one person's click. What was public
    of the same office and year before is withdrawn. Raises RefusedError, OutpacedError.
    """
    now = _locked(publication, seen=seen, once=once)
    if now.stands is not PublicationState.DRAFT:
        raise RefusedError(f"“{now}”现在是“{now.stands.label}”，不能再公开。请另拟一份。")
    if not basis.strip() or len(basis) > LONGEST_BASIS:
        raise RefusedError(
            f"没有写公开的依据，或超过 {LONGEST_BASIS} 个字。请写明谁在哪天批准，例如“2027年4月1日局长办公会同意”。"
        )
    if ends is not None and ends < starts:
        raise RefusedError(f"截止日期 {ends} 早于开始日期 {starts}。请核对两个日期。")
    old = _shown(now)
    now.title, now.starts, now.ends = _title(title), starts, ends
    _withdraw_earlier(now, by)
    now.state = PublicationState.PUBLIC
    now.sha256 = _frozen(files)
    now.folder = now.sha256
    _save(now)
    record("公开", now, by=by, old=old, new=_shown(now), reason=basis.strip(), once=once)


@transaction.atomic
def withdraw(
    publication: Publication, *, by: User, seen: int, reason: str, once: str | None = None
) -> None:
    """Nobody outside sees it any more; files and record stay. Raises RefusedError without a reason."""
    now = _locked(publication, seen=seen, once=once)
    if now.stands is PublicationState.WITHDRAWN:
        raise RefusedError(f"“{now}”已经撤下。")
    if not reason.strip() or len(reason) > LONGEST_BASIS:
        raise RefusedError(f"没有写撤下的原因，或超过 {LONGEST_BASIS} 个字。请写明原因。")
    _withdrawn(now, by, reason.strip(), once)


def _withdraw_earlier(now: Publication, by: User) -> None:
    others = Publication.objects.select_for_update(of=("self",)).filter(
        office=now.office, run__year=now.run.year, state=PublicationState.PUBLIC
    )
    for each in others.select_related("office"):
        _withdrawn(each, by, f"由“{now.title}”代替", None)


def _withdrawn(now: Publication, by: User, reason: str, once: str | None) -> None:
    old = _shown(now)
    now.state = PublicationState.WITHDRAWN
    _save(now)
    record("撤下公开", now, by=by, old=old, new=_shown(now), reason=reason, once=once)


def _locked(publication: Publication, *, seen: int, once: str | None) -> Publication:
    held = Publication.objects.select_for_update(of=("self",)).select_related("office", "run")
    now: Publication = held.get(pk=publication.pk)
    refuse_repeated(once)
    if now.version != seen:
        raise OutpacedError(str(now))
    return now


def _save(now: Publication) -> None:
    now.version += 1
    now.save()


def _title(text: str) -> str:
    title = " ".join(text.split())
    if not title or len(title) > LONGEST_TITLE:
        raise RefusedError(f"标题没有写，或超过 {LONGEST_TITLE} 个字。请写一个标题。")
    return title


def _shown(now: Publication) -> dict[str, str | None]:
    return {
        "title": now.title,
        "state": now.state,
        "starts": now.starts.isoformat() if now.starts else None,
        "ends": now.ends.isoformat() if now.ends else None,
        "sha256": now.sha256 or None,
    }


def _frozen(files: Mapping[str, bytes]) -> str:
    """The files in a folder named by the hash of their list, on the disk; that hash.

    Where the same was published before, what has been altered or lost since is put right."""
    lines = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)]
    sums = "".join(lines).encode()
    named = hashlib.sha256(sums).hexdigest()
    whole = {**files, SUMS: sums}

    def fill(folder: Path) -> None:
        for name, content in whole.items():
            (folder / name).write_bytes(content)

    target = published() / named
    if not place_folder(target, fill):
        for name, content in whole.items():
            there = target / name
            if not there.is_file() or there.read_bytes() != content:
                write_whole(there, content)
    return named
