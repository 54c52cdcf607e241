"""The registers, read once from `registers/*.toml`; one that contradicts itself is refused."""

from functools import cache
from importlib.resources import files

import msgspec
import tomli

from junheng.casework.nouns import Register
from junheng.casework.soundness import faults_of
from junheng.errors import DeclarationError, MisuseError

MEND = "请对照 docs/howto/registers.md 修改该文件。"


def read_register(text: str, file: str) -> Register:
    """The register that a TOML text declares.

    Raises DeclarationError that names every fault of the file.
    """
    try:
        found = msgspec.convert(tomli.loads(text), Register)
    except (tomli.TOMLDecodeError, msgspec.ValidationError) as error:
        raise DeclarationError(file, "声明", str(error), MEND) from error
    faults = faults_of(found)
    if faults:
        raise DeclarationError.of_all([(file, found.name, each) for each in faults], MEND)
    return found


@cache
def registers() -> dict[str, Register]:
    """All registers by name, in the order of their file names."""
    folder = files("junheng.casework") / "registers"
    named = sorted((e for e in folder.iterdir() if e.name.endswith(".toml")), key=lambda e: e.name)
    found = [read_register(each.read_text(encoding="utf-8"), each.name) for each in named]
    return {each.name: each for each in found}


def register(name: str) -> Register:
    """The register of that name. Raises MisuseError where there is none."""
    try:
        return registers()[name]
    except KeyError:
        raise MisuseError(f"没有“{name}”这个台账。可用的：{'、'.join(registers())}。") from None
