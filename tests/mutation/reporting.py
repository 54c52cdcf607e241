"""The figures of a run, and the page that tells them with every survivor."""

import tomllib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from mutation.running import Job

EXPLAINED = Path(__file__).parent / "explained.toml"
DATA = "规则数据"


def group_of(job: Job) -> str:
    """The module of a code mutant; one group for all rule files."""
    head, _, _ = job.name.partition(":")
    return head if head.startswith(("indicators.", "diagnosis.")) and " " not in head else DATA


def key_of(job: Job) -> str:
    """What a survivor is explained under: its module and its change, whatever line it stands in."""
    if group_of(job) == DATA:
        return job.name
    head, _, rest = job.name.partition(":")
    return f"{head}: {rest.partition(' ')[2]}"


def explanations() -> dict[str, str]:
    """Key → why no test can notice it, or why it does not matter."""
    if not EXPLAINED.exists():
        return {}
    return {
        key: why
        for reason in tomllib.loads(EXPLAINED.read_text(encoding="utf-8"))["reason"]
        for why in (reason["why"],)
        for key in reason["mutants"]
    }


def score(jobs: Sequence[Job]) -> float:
    """Share of the mutants that were caught; explained survivors count as survivors."""
    return sum(bool(job.caught_by) for job in jobs) / len(jobs) if jobs else 1.0


def summary(jobs: Sequence[Job], seconds: float) -> str:
    caught = sum(bool(job.caught_by) for job in jobs)
    return f"{caught} of {len(jobs)} caught, {score(jobs):.1%}, {seconds:.0f} s"


def page(jobs: Sequence[Job], every: int = 1) -> str:
    """docs/mutation.md; `every`: of so many mutants one was tried."""
    groups: dict[str, list[Job]] = defaultdict(list)
    for job in jobs:
        groups[group_of(job)].append(job)
    lines = [
        "# 变异检验", "",
        "把规则数据、指标公式、判定程序逐处改动一点，看有没有测试发现。`make prove` 里运行；"
        "单独运行：`cd tests && ../.venv/bin/python -m mutation --write`，本页由它写成。", "",
        "改动有：数字加减末位一个单位，≥ 与 >、≤ 与 < 互换，≥ 与 ≤ 互换，加减乘除、且与或、是与否、"
        "最大与最小互换，去掉“不”，常数加减一，默认口径换成另一种，名单少一项。"
        "断言、文字说明、类型标注与筛查（只提问，不判定）不在内。", "",
        ("" if every == 1 else f"这一次每 {every} 处取一处。")
        + f"共 {len(jobs)} 处改动，发现 {sum(bool(j.caught_by) for j in jobs)} 处，**{score(jobs):.1%}**。", "",
        "| 部分 | 改动 | 发现 | 比例 |", "| --- | ---: | ---: | ---: |",
    ]  # fmt: skip
    for name in sorted(groups, key=lambda each: (each != DATA, each)):
        caught = sum(bool(job.caught_by) for job in groups[name])
        lines.append(
            f"| {name} | {len(groups[name])} | {caught} | {caught / len(groups[name]):.1%} |"
        )
    lines += ["", "## 没有发现的改动", ""]
    why = explanations()
    told: dict[str, list[Job]] = defaultdict(list)
    for job in jobs:
        if not job.caught_by:
            told[why.get(key_of(job), "尚未说明")].append(job)
    for reason, survivors in told.items():
        lines += [f"{reason}：", ""]
        lines += [f"- `{job.name}`" for job in survivors]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"
