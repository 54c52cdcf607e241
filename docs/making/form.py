"""The placeholders of 申报表, from what the form may be asked for."""

from collections.abc import Iterator

from junheng.publish.word.form import LISTS, MEANINGS
from junheng.publish.word.form.fields import MUST


def page() -> Iterator[str]:
    yield "# 申报表的占位符"
    yield ""
    yield "写在自己的 Word 模板里，`junheng report --kind form --template 模板.docx` 时换成数字；"
    yield "怎样换模板见[写出 Word 文件](../howto/reports.md)。必须写的占位符，缺一个就不写出。"
    yield ""
    yield "| 占位符 | 写出什么 | 必须写 |"
    yield "|---|---|---|"
    for name, told in MEANINGS.items():
        yield f"| `{{{{{name}}}}}` | {told} | {MUST.get(name, '')} |"
    yield ""
    yield "## 逐行列出的"
    yield ""
    yield "写在表格的一行里，写出时每项一行。一行只写一种。"
    yield ""
    yield "| 列出什么 | 占位符 |"
    yield "|---|---|"
    for name, columns in LISTS.items():
        yield f"| {name} | {' '.join(f'`{{{{{name}.{column}}}}}`' for column in columns)} |"
