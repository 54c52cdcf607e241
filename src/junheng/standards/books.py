"""The rule files, read once and checked against themselves and one another."""

from functools import cache
from pathlib import Path

from junheng.errors import DeclarationError, MisuseError, UnreadableFileError
from junheng.standards.agreement import faults_between, faults_of_schemes
from junheng.standards.misread import read
from junheng.standards.nouns import Document, Scheme
from junheng.standards.places import places
from junheng.standards.rule_files import toml_files
from junheng.standards.soundness import Book, Fault, faults_of

LARGEST_FILE = 10_000_000


@cache
def documents() -> dict[str, Document]:
    """All documents by the name under which they are cited; raises DeclarationError naming file
    and key of everything that is wrong in them."""
    return {book.document.name: book.document for book in _books()}


@cache
def schemes() -> dict[str, Scheme]:
    """All schemes by code; raises DeclarationError where they and the documents do not agree."""
    found = [
        read(f.read_text(encoding="utf-8"), Scheme, file=f.name) for f in toml_files("schemes")
    ]
    _refuse(list(faults_of_schemes(found, list(_books()))))
    return {scheme.code: scheme for scheme in found}


def scheme(code: str) -> Scheme:
    """The scheme of that code; raises MisuseError with the known ones."""
    if code not in schemes():
        raise MisuseError(f"没有名为“{code}”的评估方案。可用的方案：{'、'.join(schemes())}。")
    return schemes()[code]


def read_document(path: Path) -> Document:
    """A rule file of the user's own, checked as ours are and against ours.

    A document of the name of one of ours takes its place; any other must say what it `amends`
    where it says a clause that is in force already. Raises UnreadableFileError, DeclarationError."""
    document = read(_text(path), Document, file=path.name)
    own = Book(path.name, document)
    shelf = [book for book in _books() if book.document.name != document.name]
    books = [*shelf, own]
    faults = [*faults_of(own, places()), *faults_between(books)]
    faults += faults_of_schemes(schemes().values(), books)
    _refuse(faults)
    return document


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableFileError(path.name, "文件太大，不是规则文件", "请检查选对了文件。")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            path.name, "不是UTF-8编码的文本", "请另存为UTF-8编码的TOML文件。"
        ) from error
    except OSError as error:
        found = "找不到这个文件" if isinstance(error, FileNotFoundError) else "打不开"
        raise UnreadableFileError(str(path), found, "请检查路径和权限。") from error


@cache
def _books() -> tuple[Book, ...]:
    books: list[Book] = []
    faults: list[Fault] = []
    for each in toml_files("documents"):
        try:
            document = read(each.read_text(encoding="utf-8"), Document, file=each.name)
        except DeclarationError as error:
            faults.append(Fault(error.file, error.key, error.found))
            continue
        if document.name in {book.document.name for book in books}:
            faults.append(Fault(each.name, "number", f"文件“{document.name}”重复出现"))
        books.append(Book(each.name, document))
    faults += [fault for book in books for fault in faults_of(book, places())]
    if not faults:
        faults += faults_between(books)
    _refuse(faults)
    return tuple(books)


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise DeclarationError.of_all(faults)
