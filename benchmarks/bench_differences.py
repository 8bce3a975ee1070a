"""Comparing two versions: a usual article with a few changes, and the worst that can be sent.

The worst take BUDGET (articles/bodies/differences.py) and what reading the two bodies costs.
"""

import random
import time
from collections.abc import Callable

from articles.bodies import differences
from articles.bodies.differences import Text

ARTICLE = "<h2>一、先问来意</h2>" + "".join(
    f"<p>第{n}次谈话，表格问的是用途，谈话听见的是难处。</p>" for n in range(60)
)


def jumble(length: int, seed: int) -> str:
    return "".join(random.Random(seed).choices("服务文化柜台的一是在", k=length))  # noqa: S311


PAIRS: dict[str, Callable[[int], str]] = {
    "an article, three changes": lambda n: ARTICLE.replace("第7次", f"第{7 + n}回").replace(
        "第30次谈话", "谈话" * n
    ),
    "one character a paragraph": lambda n: "<p>字</p>" * (40_000 + n),
    "paragraphs that share nothing": lambda n: "".join(
        f"<p>{jumble(90, seed)}</p>" for seed in range(n * 4000, n * 4000 + 4000)
    ),
    "long ones that share nothing": lambda n: "".join(
        f"<p>{jumble(3900, seed)}</p>" for seed in range(n * 90, n * 90 + 90)
    ),
    "one paragraph without a stop": lambda n: f"<p>{jumble(390_000, n)}</p>",
    "one paragraph of stops": lambda n: f"<p>{'。'.join(jumble(195_000, n))}</p>",
    "half of every paragraph new": lambda n: "".join(
        f"<p>{jumble(400, seed)}{jumble(400, seed + 9999 * n)}</p>" for seed in range(400)
    ),
}


def main() -> None:
    for name, make in PAIRS.items():
        old, new = Text(title="题", body=make(0)), Text(title="题", body=make(1))
        started = time.perf_counter()
        found = differences.between(old, new)
        took = time.perf_counter() - started
        size, change = len(old.body) + len(new.body), f"+{found.added} -{found.removed}"
        print(f"{name:32} {size / 1000:6.0f} kB {took * 1000:8.1f} ms  {change}")


if __name__ == "__main__":
    main()
