"""Lines that are hard to tell apart: for the test that they are read, and for the benchmark."""

HEAD = "注册\n\n邻里服务专刊2023第4期\n\n2023年第4期\n\n门里门外\n\nIndoors\n\n门垫\n\n◎高志远\n\n"
#: Lines that a dump of the largest size is made of.
WORST = [
    "◎南湖支行 高志远\n",
    "门垫\n",
    "门垫\n\n◎南湖支行 高志远\n\n雨下了一上午。\n\n",
    "√先看见\n\n",
    "√先看见，\n√再看见：\n\n",
    "有三个缘由：\n\n√先看见\n\n",
    "门里门外\n\nIndoors\n\n",
    "Service\nnotes\n",
    "2023年第4期\n\n",
    "目录\n\n门里门外\n\n门垫\n\n",
    "    雨下了一上午，门垫换了三回又换了三回\n\n",
    "雨下了一上午，" * 2000 + "\n",
    "服 " * 9000 + "\n",
    "服    一、" * 3000 + "\n",
    "服" + " " * 18000 + "务\n",
    "(" * 19000 + "\n",
    '"服' * 9000 + "\n",
    "◎" + "支行" * 20 + "\n\n",
    "电 话: 网 址: 电 话: 网 址:\n\n",
]
