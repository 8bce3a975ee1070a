"""Illustrations of the demo's articles, drawn by code: no photograph of anybody, no licence."""

from PIL import Image

from .scenes import indoors, landscapes, streets, tabletop
from .scenes.easel import Easel

#: Each scene and the alternative text that stands for it.
SCENES: dict[str, str] = {
    "counter": "傍晚的柜台，一盏绿罩台灯亮着",
    "lobby": "清晨的网点厅堂，阳光落在取号机旁",
    "street": "雨后的老街，一把红伞映在湿漉漉的石板路上",
    "market": "天亮之前的集市，灯泡下的摊位已经摆开",
    "bicycle": "一辆外拓用的红色自行车停在白墙边，后座上放着文件箱",
    "umbrella": "门口的爱心伞架，玻璃门外下着雨",
    "night-window": "夜里的街面，楼下网点的窗子还亮着灯",
    "river": "河边的支行，一条渡船泊在码头旁",
    "field": "稻田一层一层铺到村庄跟前，远处是山",
    "tea": "桌上一壶待客的茶，两只杯子冒着热气",
    "abacus": "账本上放着一把算盘，旁边有笔和茶",
    "letters": "桌上摊开的读者来信，其中一封画着房子和太阳",
    "hills": "暮色里的远山，一辆小车开着灯走在盘山公路上",
    "snow": "雪后的门前，一条小路已经扫净，檐下挂着灯笼",
    "lanterns": "入夜的屋檐下，一排红灯笼亮了",
    "classroom": "培训课堂，从最后一排望见讲台和黑板",
    "bridge": "石拱桥和水里的倒影合成一轮圆，柳条垂在水边",
    "chairs": "等候区靠窗的一排椅子，上午的阳光照进来",
    "glasses": "打开的存折上放着一副老花镜",
}

_PAINTERS = {
    "counter": indoors.counter,
    "lobby": indoors.lobby,
    "street": streets.street,
    "market": streets.market,
    "bicycle": streets.bicycle,
    "umbrella": indoors.umbrellas,
    "night-window": streets.night_window,
    "river": landscapes.river,
    "field": landscapes.field,
    "tea": tabletop.tea,
    "abacus": tabletop.abacus,
    "letters": tabletop.letters,
    "hills": landscapes.hills,
    "snow": streets.snow,
    "lanterns": streets.lanterns,
    "classroom": indoors.classroom,
    "bridge": landscapes.bridge,
    "chairs": indoors.chairs,
    "glasses": tabletop.glasses,
}


def draw(scene: str, size: tuple[int, int] = (1600, 1067)) -> Image.Image:
    """The scene as an RGB picture of `size` pixels, 3:2 or narrower (4:3 is cut at the sides).

    The same scene and size always give the same pixels. Raises KeyError for an unknown scene.
    """
    paint = _PAINTERS[scene]
    easel = Easel(height=size[1], seed=scene, paper="#f6efe0")
    paint(easel)
    return easel.finish(size)
