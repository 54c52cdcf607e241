"""Everything the plan takes for granted, in sentences that an officer can object to."""

from collections.abc import Iterator, Sequence

from junheng.plan.class_size.cohorts import Arrivals
from junheng.plan.class_size.entrants import Entrants
from junheng.plan.class_size.present import SchoolNow
from junheng.plan.pricing import PriceList


def assumptions_of(
    schools: Sequence[SchoolNow],
    coming: Arrivals,
    entrants: Entrants,
    prices: PriceList,
    years: Sequence[int],
    *,
    within_m: int,
    reorganise: bool,
) -> tuple[str, ...]:
    """The assumptions of one plan, the weightiest first."""
    return (
        *_cohorts(coming, entrants),
        *_classes(schools, reorganise=reorganise),
        *_neighbours(schools, within_m),
        f"价格：{prices.title}（{prices.status}；{prices.source}，{prices.date}）。费用算到{years[-1]}学年末。",
        "教师按本校现有每班专任教师数补足（没有班级的学校按全县平均）；新教师计入专任教师、持证教师、本科教师，不计入五年360学时培训。",
        "经费、设备、教师其余各项沿用今年填报；高中班级和学生不滚动，沿用今年。",
    )


def _cohorts(coming: Arrivals, entrants: Entrants) -> Iterator[str]:
    yield "在校生逐年升级，不计转学、辍学、留级；毕业年级离校。"
    if entrants.source:
        kept = len(coming.repeated)
        rest = f"；另有{kept}个学校起始年级没有给出，沿用今年的起始年级人数" if kept else ""
        yield f"新生人数取自“{entrants.source}”{rest}。"
    else:
        yield "没有给出新生人数：各校一年级、七年级新生沿用今年的起始年级人数。"
    if coming.leavers:
        gone = sum(coming.leavers.values())
        yield f"单独设立的教学点不增设更高年级：{len({c for c, _ in coming.leavers})}个教学点各年共{gone}人升级后去向不明，没有计入任何学校。"


def _classes(schools: Sequence[SchoolNow], *, reorganise: bool) -> Iterator[str]:
    if reorganise:
        yield "允许年级内重新编班：一个年级的班数取人数除以限额、向上取整，人少的班可以合并。"
    else:
        yield "不拆散、不合并现有班级：同一届的班数只增不减；超限时在本年级内增班，增班后该年级均匀分班。只有别的办法都用上仍有超大班额的学校，才撤并现有班级、年级内重新编班，列入措施。"
    yield "起始年级每年重新编班，班数取人数除以限额、向上取整。"
    inferred = sum(not each.listed for each in schools)
    if inferred:
        yield f"{inferred}所学校（含校区、教学点）没有班级清单：各年级班数由班级总数和各年级人数推算，年级内按均匀分班计。"
    crowded = sum(each.free_rooms < 0 for each in schools)
    if crowded:
        yield f"{crowded}所学校的班级多于普通教室，多出的班照旧使用现在的场所，不算缺教室。"
    senior = sum(each.senior_inferred for each in schools)
    if senior:
        yield f"{senior}所学校的高中班数没有班级清单，按每班人数推算其占用的教室。"


def _neighbours(schools: Sequence[SchoolNow], within_m: int) -> Iterator[str]:
    yield f"邻校：同一区县、同学段、教室够用的公办学校，直线距离不超过{within_m}米（不是步行距离）；教学点不参加分流；尚无学生的学校只接收起始年级。"
    yield "接收学校不得超过班额限额、普通教室数和学校规模上限（GV4；已超规模的不得再增）。"
    converted = {each.position.filed_crs for each in schools if each.position}
    rough = sorted(
        {"gcj02": "GCJ-02", "bd09": "BD-09"}[c] for c in converted if c in ("gcj02", "bd09")
    )
    told = f"；{'、'.join(rough)}按通行公式换算，误差约数米" if rough else ""
    yield f"坐标统一换算到WGS84再量距离，CGCS2000视同WGS84{told}。"
    lacking = sum(each.position is None for each in schools)
    if lacking:
        yield f"{lacking}所学校没有填报坐标，不参加分流。"
