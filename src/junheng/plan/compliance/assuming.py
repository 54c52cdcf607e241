"""What a compliance plan takes for granted, in sentences that an officer can object to."""

from collections.abc import Iterator

from junheng.plan.compliance.ahead import NOTHING, Forecast
from junheng.plan.compliance.limits import Limits
from junheng.plan.pricing import PriceList


def assumptions_of(
    prices: PriceList, limits: Limits, by: int, forecast: Forecast = NOTHING
) -> tuple[str, ...]:
    """The assumptions of one plan, the weightiest first."""
    last = max([by, *forecast.years])
    when = (
        "按每年的经费、人员限额分年做；当年的经费当年用，不结转"
        if limits.by_year
        else "没有分年的限额，全部措施排在用得着它的学年开始前"
    )
    return (
        *_pupils(forecast, by, when),
        "教师只在本区县公办学校之间交流；调动的教师有学历、资格证，已满360学时",
        f"新招教师按本科、持证、满360学时计，培训费用计入；人员经费从到岗的学年计到{last}学年",
        f"价格：{prices.title}（{prices.status}）",
        f"限制：{limits.file}"
        if limits.file
        else "没有给出用地、招聘、经费的限制：一律视为不受限制",
        _reach(forecast, by),
    )


def _pupils(forecast: Forecast, by: int, when: str) -> Iterator[str]:
    if not forecast:
        yield f"学生数、班级数不变；全部措施在{by}学年开始前完成，{when}"
        return
    years = [year for year in forecast.years if year >= by]
    told = "、".join(f"“{each.file}”" for each in forecast.files)
    yield (
        f"学生数、班级数逐年取自{told}；{by}学年起，{'、'.join(map(str, years))}学年都要达到，"
        f"表里没有写的学校、学段沿用封存的数；做过的措施以后各年都在；{when}"
    )
    early = [year for year in forecast.years if year < by]
    if early:
        yield f"{'、'.join(map(str, early))}学年早于达标的学年，没有要求"
    if by not in forecast.years:
        yield f"{by}学年没有写，用封存的学生数、班级数"
    unsized = [year for year in forecast.unsized_years if year >= by]
    if unsized:
        yield f"{'、'.join(map(str, unsized))}学年没有各班人数，不判断班额（GV5）"
    if not forecast.path_years:
        return
    followed, end = _followed(forecast, by), forecast.path_years[-1]
    lead = "班额按班额方案逐年走" if followed else f"班额方案写到{end}学年为止"
    yield (
        f"{lead}；增开的班的设备、普通教室、教师在本方案里购置，"
        "分流、转学的补助不在本方案里；把富余的音乐、美术教室改为普通教室的，这里按新建、改造计"
    )
    if any(year > end for year in (by, *forecast.years)):
        yield f"{end}学年以后班额方案没有写：到那时增开的班，以后各年照样要有设备、教室、教师"


def _followed(forecast: Forecast, by: int) -> tuple[int, ...]:
    """Years asked in which classes are those of the class-size plan."""
    return tuple(year for year in forecast.path_years if year >= by)


def _reach(forecast: Forecast, by: int) -> str:
    if _followed(forecast, by):
        return (
            "只管资源配置七项、差异系数、GV3、GV9、GV12；学校规模、班额（GV4、GV5）由班额方案约束；"
            "调查、监测、佐证、一票否决不在方案之内"
        )
    return (
        "只管资源配置七项、差异系数、GV3、GV9、GV12；班额、调查、监测、佐证、一票否决不在方案之内"
    )


__all__ = ["assumptions_of"]
