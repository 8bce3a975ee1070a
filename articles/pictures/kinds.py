"""What a file is that is no photograph, by its first bytes, and what its sender can do. Pure."""

import re

BROKEN = "这个文件读不出图片，可能不完整；请换一张，或另存为 JPG、PNG、WebP 格式。"
RAW = "这是相机的原始文件（RAW），不能直接用。请在手机或修图软件里导出为 JPG，再上传。"
_DRAWN = "这是画的图（SVG、EMF、WMF、EPS），不是照片，不能直接用。请截图，或另存为 PNG 后再上传。"
_LAYERS = "这是 Photoshop 文件，不能直接用。请另存为 JPG 或 PNG 后再上传。"
_FILM = "这是视频，不是图片。请截一张图，再上传。"
_PDF = "这是 PDF 文件，不是图片。请截图，或把图片另存为 JPG 后再上传。"
_DOCUMENT = "这是文稿或压缩包，不是图片。Word 稿请放到上面的“已有 Word 稿？”里；压缩包请先解压缩。"
RARE = (
    "这种图片格式很少见（JPEG 2000、JPEG XL、ICO、TGA 等），读不了。"
    "请另存为 JPG、PNG 或 WebP 后再上传。"
)

_BEGINNINGS = [
    (rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg", _DRAWN),
    (rb"\x01\0\0\0.{36} EMF|\xd7\xcd\xc6\x9a|\x01\0\x09\0\0[\x01\x03]", _DRAWN),
    (rb"%!PS-Adobe|\xc5\xd0\xd3\xc6", _DRAWN),
    (rb"8BPS", _LAYERS),
    (rb"(?:II\*\0|MM\0\*).{4}CR|.{4}ftypcrx |FUJIFILMCCD-RAW|IIRO|IIU\0", RAW),
    (rb".{4}ftyp(?:isom|mp4|avc|qt|M4V|3gp|dash|iso)|RIFF.{4}AVI |\x1aE\xdf\xa3|FLV", _FILM),
    (rb".{0,1024}%PDF-", _PDF),
    (rb"PK\x03\x04|\xd0\xcf\x11\xe0|Rar!|7z\xbc\xaf|\x1f\x8b|\{\\rtf", _DOCUMENT),
    (rb"\0\0[\x01\x02]\0[^\0]\0|icns|\x0a[\0-\x05]\x01[\x01\x02\x04\x08]|DDS |qoif", RARE),
    (rb"P[1-7]\s+[\d#]|gimp xcf|#\?RADIANCE|AT&TFORM|FLIF|/\* XPM", RARE),
    # Truevision TGA begins with no name: map or none, kind, and further on the bits of a dot.
    (rb".[\0\x01][\x01-\x03\x09-\x0b].{9}(?!\0\0)..(?!\0\0)..[\x08\x0f\x10\x18\x20]", RARE),
    (rb"\0\0\0\x0cjP  |\xff\x4f\xff\x51|\xff\x0a|\0\0\0\x0cJXL |II\xbc\x01|BPG\xfb", RARE),
]


def why_not(data: bytes) -> str:
    """The sentence for a file that nothing here decodes."""
    if not data:
        return "这个文件是空的。请看看选对了没有。"
    for beginning, sentence in _BEGINNINGS:
        if re.match(beginning, data[:2048], re.DOTALL):
            return sentence
    return BROKEN
