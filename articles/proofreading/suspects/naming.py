"""Names of people, places and firms: any character may stand in them. Pure."""

_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙雷钱汤尹黎易武乔贺赖龚文"
    "庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦柳邢路岳齐沿梅莫庄辛管祝左涂谷祁舒耿牟卜"
    "詹苗凌费纪靳盛童欧甄裴卫屈鲍覃霍翁隋植甘景薄柏宁柯阮桂闵柴华冉房辜吉"
    "饶刁瞿戚丘滕晋苑邬臧畅嵺苟褚廉简娄盖符奚穆燕郎邸冀谌沙仇栾鞠郁矫"
)
_CALLED = ("同志", "先生", "女士", "老师", "师傅", "阿姨", "大爷", "大妈", "奶奶", "爷爷", "行长")
#: Behind a name, perhaps with other characters between.
_SEATS = (
    "支行", "分行", "分理处", "社区", "小区", "花园", "公司", "集团", "银行", "酒店", "大厦",
)  # fmt: skip
#: Right behind a name.
_PLACES = (
    "村", "镇", "乡", "县", "市", "区", "州", "旗", "街", "路", "河", "江", "山", "湖", "岛",
    "屯", "寺", "中学", "小学", "大学", "学校", "高速", "高铁", "铁路", "机场", "水库",
    "民族", "自治",
)  # fmt: skip
#: A name has at most so many characters before what tells it.
_REACH = 3


def is_name(run: str, at: int, alone: frozenset[int], *, by_itself: bool = True) -> bool:
    """`by_itself`: whether the character alone may be the surname."""
    return _is_persons(run, at, alone, by_itself) or _is_places(run, at)


def _is_persons(run: str, at: int, alone: frozenset[int], by_itself: bool) -> bool:
    """A surname by itself, here or at most two characters before."""
    if any(run.startswith(word, at + 1) for word in _CALLED):
        return True
    return any(
        run[start] in _SURNAMES and start in alone and (start < at or by_itself)
        for start in range(max(0, at - 2), at + 1)
        if start == at or at - start == 2 or at in alone
    )


def _is_places(run: str, at: int) -> bool:
    tail = run[at + 1 : at + _REACH + 3]
    return tail.startswith(_PLACES) or any(-1 < tail.find(word) < _REACH for word in _SEATS)
