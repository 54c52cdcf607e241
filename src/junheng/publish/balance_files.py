"""The files of a study of city-wide balance: plain data and the Excel book."""

from pathlib import Path

from junheng.publish.book.balance import write_balance_book
from junheng.studies import BalanceStudy, as_json, balance_record, balance_table, place

BALANCE_BOOK = "市域均衡.xlsx"


def write_balance(study: BalanceStudy, out: Path) -> list[Path]:
    """`balance.json`, `balance.parquet` and 市域均衡.xlsx in `out`, each written aside and renamed."""
    out.mkdir(parents=True, exist_ok=True)
    data, table = out / "balance.json", out / "balance.parquet"
    place(data, lambda path: path.write_text(as_json(balance_record(study)), encoding="utf-8"))
    place(table, balance_table(study).write_parquet)
    return [data, table, write_balance_book(study, out / BALANCE_BOOK)]
