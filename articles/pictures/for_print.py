"""Pictures that have too few pixels to be printed well: said to writer and desk, and no more."""

from ..bodies import html
from ..models import Article

#: Across a column of the printed page (about 76 mm) these are 170 dots an inch.
LEAST_WIDTH = 500


def too_small(article: Article) -> list[str]:
    """A sentence for each, by its number in the text. One query where the text has pictures."""
    shown = html.picture_tokens(article.body)
    if not shown:
        return []
    sizes = {
        str(token): (width, height)
        for token, width, height in article.pictures.filter(width__lt=LEAST_WIDTH).values_list(
            "token", "width", "height"
        )
    }
    return [
        f"第 {number} 张图片只有 {sizes[token][0]} × {sizes[token][1]} 像素，印出来太小或者不清楚；"
        f"有原图的话请换一张，宽至少 {LEAST_WIDTH} 像素。"
        for number, token in enumerate(shown, start=1)
        if token in sizes
    ]
