"""Is this store whole? Every seal, all facts and their sums, and what a killed run left behind.

Nothing is changed and nothing repaired: whoever keeps the store decides what to restore.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from junheng.errors import JunhengError, SnapshotError
from junheng.registry.evidence_files import survey
from junheng.registry.facts_folder import FACTS_NOTE, proved_facts
from junheng.registry.snapshot import FORMAT, ORIGINS_FILE, SEAL, read_origins, read_seal
from junheng.registry.store_sums import GONE, SUMS, faults_of_sums, strangers_of
from junheng.registry.whole_file import ASIDE

SEALS, FACTS = "seals", "facts"
ALIEN = "不属于封存库，没有核对"


class Trouble(StrEnum):
    """What may be wrong with a path of the store; only the first two make it unsound."""

    DAMAGED = "损坏"
    MISSING = "缺少"
    LEFT_OVER = "遗留"
    STRANGER = "多余"
    UNUSED = "未用"
    UNSUMMED = "无校验值"


GRAVE = (Trouble.DAMAGED, Trouble.MISSING)


@dataclass(frozen=True)
class Fault:
    """One path of the store (or of the evidence) and what is wrong with it."""

    path: str
    trouble: Trouble
    said: str

    @property
    def grave(self) -> bool:
        return self.trouble in GRAVE


@dataclass(frozen=True)
class SealChecked:
    """One seal; `year`, `by`, `on` and `facts` are None where it cannot be believed."""

    id: str
    year: int | None
    by: str | None
    on: str | None
    facts: str | None
    faults: tuple[Fault, ...]

    @property
    def whole(self) -> bool:
        """Its text, its origins, its facts and its evidence are those that were sealed."""
        return not any(each.grave for each in self.faults)


@dataclass(frozen=True)
class StoreChecked:
    """All seals in order, the facts by fingerprint, and what belongs to no seal."""

    store: Path
    seals: tuple[SealChecked, ...]
    facts: tuple[str, ...]
    faults: tuple[Fault, ...]
    """Beside those of the seals."""

    @property
    def sound(self) -> bool:
        """Nothing sealed is damaged or missing; leftovers and strangers do no harm."""
        return all(each.whole for each in self.seals) and not any(f.grave for f in self.faults)


def verify_store(store: Path, *, evidence: Path | None = None) -> StoreChecked:
    """Prove every seal of a store; with `evidence`, also that its files are those sealed.

    Raises SnapshotError where `store` is no store, MisuseError where `evidence` is no folder.
    """
    if not ((store / SEALS).is_dir() or (store / FACTS).is_dir()):
        raise SnapshotError(
            f"“{store}”不是封存库，里面没有 seals 和 facts。请给出 junheng seal -o 的库。"
        )
    held = _folders(store / FACTS)
    told = {each.name: tuple(_facts_faults(store, each)) for each in held}
    files = (
        None if evidence is None else {f.name: f.sha256 for f in survey(evidence).files.values()}
    )
    seals = tuple(_seal(store, each, told, files) for each in _folders(store / SEALS))
    used = {each.facts for each in seals}
    loose = [fault for name in told.keys() - used for fault in _unused(name, told[name])]
    faults = sorted([*loose, *_around(store)], key=lambda each: each.path)
    return StoreChecked(store, seals, tuple(told), tuple(faults))


def _folders(parent: Path) -> list[Path]:
    inside = sorted(parent.iterdir()) if parent.is_dir() else []
    return [each for each in inside if each.is_dir() and not each.name.startswith(ASIDE)]


def _around(store: Path) -> Iterator[Fault]:
    """What lies in the store and is neither a seal nor facts."""
    for parent in (store, store / SEALS, store / FACTS):
        for each in sorted(parent.iterdir()) if parent.is_dir() else ():
            name = each.relative_to(store).as_posix()
            if each.name.startswith(ASIDE):
                yield Fault(name, Trouble.LEFT_OVER, "是中断的封存留下的，没有用处，可以删去")
            elif each.name not in (SEALS, FACTS) if parent == store else not each.is_dir():
                yield Fault(name, Trouble.STRANGER, ALIEN)


def _facts_faults(store: Path, folder: Path) -> Iterator[Fault]:
    """What is wrong with one folder of facts."""
    place = folder.relative_to(store).as_posix()
    summed = list(_sums(place, folder))
    yield from summed
    if any(each.grave for each in summed):
        return
    try:
        proved_facts(folder, {"year": _year_noted(folder), "facts": folder.name})
    except JunhengError as error:
        yield Fault(place, Trouble.DAMAGED, str(error))


def _year_noted(folder: Path) -> int:
    """The year that facts.json tells; the fingerprint proves it, as it is the first of its words."""
    try:
        return int(json.loads((folder / FACTS_NOTE).read_bytes())["year"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return 0


def _sums(place: str, folder: Path) -> Iterator[Fault]:
    if not (folder / SUMS).is_file():
        said = "没有这一份校验值：是早先的版本封存的，或被删去；只核对了内容"
        yield Fault(f"{place}/{SUMS}", Trouble.UNSUMMED, said)
        return
    try:
        for name, what in faults_of_sums(folder):
            trouble = Trouble.MISSING if what == GONE else Trouble.DAMAGED
            yield Fault(f"{place}/{name}", trouble, what)
        for name in strangers_of(folder):
            yield Fault(f"{place}/{name}", Trouble.STRANGER, ALIEN)
    except OSError as error:
        yield Fault(place, Trouble.DAMAGED, f"读不出来（{error.strerror}）")


def _seal(
    store: Path, folder: Path, told: dict[str, tuple[Fault, ...]], files: dict[str, str] | None
) -> SealChecked:
    place = folder.relative_to(store).as_posix()
    faults = list(_sums(place, folder))
    try:
        content = read_seal(folder)
    except SnapshotError as error:
        if not any(each.grave for each in faults):
            trouble = Trouble.DAMAGED if (folder / SEAL).is_file() else Trouble.MISSING
            faults.append(Fault(f"{place}/{SEAL}", trouble, str(error)))
        return SealChecked(folder.name, None, None, None, None, tuple(faults))
    faults += _origins(place, folder, content, faults)
    if content["facts"] in told:
        faults += told[content["facts"]]
    else:
        missing = f"{FACTS}/{content['facts']}"
        faults.append(Fault(missing, Trouble.MISSING, "这次封存的事实不见了"))
    if files is not None:
        faults += _evidence(content.get("evidence", ()), files)
    return SealChecked(
        folder.name, content["year"], content["by"], content["on"], content["facts"], tuple(faults)
    )


def _origins(
    place: str, folder: Path, content: dict[str, Any], found: Sequence[Fault]
) -> Iterator[Fault]:
    """The table of origins; a seal of today without its sums has lost them."""
    if any(each.grave for each in found):
        return
    if content.get("format") == FORMAT and not (folder / SUMS).is_file():
        yield Fault(f"{place}/{SUMS}", Trouble.MISSING, "封存时写下的校验值不见了")
    if not (folder / ORIGINS_FILE).is_file():
        yield Fault(f"{place}/{ORIGINS_FILE}", Trouble.MISSING, GONE)
        return
    try:
        read_origins(folder, content)
    except SnapshotError as error:
        yield Fault(f"{place}/{ORIGINS_FILE}", Trouble.DAMAGED, str(error))


def _unused(name: str, faults: Sequence[Fault]) -> Iterator[Fault]:
    yield from faults
    said = "没有封存用到它：封存在写完事实之后中断，或封存被移走；再封存一次会用到它"
    yield Fault(f"{FACTS}/{name}", Trouble.UNUSED, said)


def _evidence(sealed: Sequence[dict[str, Any]], files: dict[str, str]) -> Iterator[Fault]:
    """Every file of evidence that the seal names, as it lies in the folder today."""
    for each in sealed:
        name = f"佐证材料/{each['file']}"
        if each["file"] not in files:
            yield Fault(name, Trouble.MISSING, "封存时有这份材料，文件夹里没有")
        elif files[each["file"]] != each["sha256"]:
            yield Fault(name, Trouble.DAMAGED, "与封存时的校验值不符，材料被换过或改动过")
