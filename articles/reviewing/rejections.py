"""Letters to a writer whose manuscript is not taken: kind, honest, short; editors change them."""

#: (key, what it is for, the letter)
REJECTIONS = (
    (
        "theme",
        "题材不合",
        "谢谢您把稿件交给我们。编辑部认真读过，文字有自己的体会，只是题材与本刊各栏目的方向不太合适，"
        "这次没有采用。欢迎您写写身边的服务故事：一个窗口、一位客户、一件改好了的小事，我们都想读到。",
    ),
    (
        "thin",
        "内容单薄",
        "谢谢您的来稿。事情是好事情，只是目前写得还比较概括，缺少时间、地点、人物和细节，读者不容易"
        "看见当时的情形，这次没有采用。如果您愿意补上一两个具体的场面重新写过，欢迎再投。",
    ),
    (
        "double",
        "已有同类稿件",
        "谢谢您的来稿。近期已有几篇写同一件事的稿件排定，为免重复，这一篇没有采用，与文字好坏无关。"
        "欢迎您换一个角度，或另写一个题目。",
    ),
)


def letter(key: str) -> str:
    """The letter of that key; empty where there is none."""
    return next((words for name, _, words in REJECTIONS if name == key), "")
