"""Plainly invented names: every one begins with the county's own invented name."""

DIGITS = "零一二三四五六七八九"

CITY_WORDS = (
    "晨曦", "明远", "启航", "星光", "青禾", "知行", "致远", "清泉", "朝阳坡", "云帆", "博雅苑", "春晖里",
    "竹园", "芳草", "月湖", "桃李", "书香", "银杏", "海棠", "丁香",
)  # fmt: skip
TOWN_WORDS = (
    "柳林", "槐荫", "石桥", "杏花", "双井", "白塔", "枣园", "沙河湾", "青龙", "梨树", "望山", "新渡",
    "竹溪", "南营", "北坡", "东泉", "西岗", "桑园", "黄花", "金穗", "大堤", "古槐", "平川", "马场",
)  # fmt: skip
VILLAGE_WORDS = (
    "河湾", "前庄", "后庄", "小李庄", "大王庄", "张家铺", "刘家集", "赵家店", "杨树沟", "核桃峪", "南坪",
    "北坪", "石板岭", "谷垛", "水磨", "瓦窑", "草桥", "麦场", "柿园", "榆林", "三岔", "五里铺", "牛头岭", "羊角沟",
)  # fmt: skip


def numeral(number: int) -> str:
    """A number from 1 to 9,999 in Chinese, as in 第十二小学."""
    units = ("千", "百", "十", "")
    text, gap = "", False
    for unit, digit in zip(units, f"{number:04d}", strict=True):
        if digit == "0":
            gap = bool(text)
            continue
        text += ("零" if gap else "") + DIGITS[int(digit)] + unit
        gap = False
    return text.removeprefix("一") if text.startswith("一十") else text


def pick(words: tuple[str, ...], number: int) -> str:
    """The word at `number`, from 0; when they run out a numeral is added, so none repeats."""
    lap, place = divmod(number, len(words))
    return words[place] + (numeral(lap + 1) if lap else "")
