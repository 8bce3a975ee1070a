"""Pieces of a dump as the host gives it. All words are our own."""

HOST = (
    "邻里服务专刊2023第4期\n\n其他分类其他2023-08-01\n12\n\n"
    "邻里服务专刊\n\n2023年第4期\n总第40期\n\n"
)
HEAD = "门里门外\n\nIndoors and out\n\n"
NIGHT = "夜读\n\nNight reading\n\n"
TEXT = "雨下了一上午，门垫换了三回。第三回换上的是一块旧地毯，谁也没有滑倒。"


def an_article(text: str, head: str = HEAD, title: str = "雨天的门垫") -> str:
    return f"{head}{title}\n\n◎东岭支行 高志远\n\n{text}\n\n"
