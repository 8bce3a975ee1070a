"""Content controls that are bound to data in the file (w:dataBinding): Word shows the data.

Programs that fill in forms change the data alone, and leave what the control last held. Changes the
tree in place.
"""

import re
from xml.etree.ElementTree import Element

from .art import below, written
from .names import W
from .package import Package

_STEP = re.compile(r"/(?:[\w.\-]+:)?([\w.\-]+)(?:\[(\d{1,4})\])?")
#: By these the data are the properties of the file, in parts of their own.
_PROPERTIES = {
    "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}": "core-properties",
    "{6668398D-A668-4E3E-A5EB-62B293D839F1}": "extended-properties",
}
#: Controls of other kinds show the data in a way of their own: a date, a choice.
_OTHERS = ("date", "comboBox", "dropDownList", "picture", "checkbox", "repeatingSection")


def fill(root: Element, package: Package) -> None:
    bound = [
        each for each in root.iter(W + "sdt") if each.find(f"{W}sdtPr/{W}dataBinding") is not None
    ]
    stores = _stores(package) if bound else {}
    for control in bound:
        look, content = control.find(W + "sdtPr"), control.find(W + "sdtContent")
        if look is None or content is None or any(_name(each) in _OTHERS for each in look):
            continue
        binding = look.find(W + "dataBinding")
        store = (
            stores.get(binding.get(W + "storeItemID", "").upper()) if binding is not None else None
        )
        words = _found(store, binding.get(W + "xpath", "")) if binding is not None else ""
        if words and words != "".join(_texts(content)).strip():
            _show(content, words)
            for shown in look.findall(W + "showingPlcHdr"):
                look.remove(shown)


def _stores(package: Package) -> dict[str, Element]:
    """The data of the file by the ids that bindings name."""
    found: dict[str, Element] = {}
    for each in package.of_main.values():
        if each.kind != "customXml" or each.is_outside:
            continue
        about = (
            one.path for one in package.targets(each.path).values() if one.kind == "customXmlProps"
        )
        told = package.xml(next(about, ""))
        data = package.xml(each.path)
        if told is not None and data is not None:
            keys = [value for name, value in told.attrib.items() if name.endswith("itemID")]
            found |= dict.fromkeys((key.upper() for key in keys), data)
    kinds = {each.kind: each.path for each in package.targets("").values()}
    for key, kind in _PROPERTIES.items():
        if (data := package.xml(kinds.get(kind, ""))) is not None:
            found[key] = data
    return found


def _found(root: Element | None, path: str) -> str:
    """The words at a path such as `/ns0:form[1]/ns0:name[1]`, by the names alone."""
    steps = _STEP.findall(path)
    if root is None or "".join(f"/{name}" for name, _ in steps) != re.sub(
        r"\[\d+\]|[\w.\-]+:", "", path
    ):
        return ""
    here: list[Element] = [root]
    for depth, (name, place) in enumerate(steps):
        named = [each for each in here if _name(each) == name]
        at = int(place or 1) - 1
        if not 0 <= at < len(named):
            return ""
        if depth == len(steps) - 1:
            return " ".join("".join(named[at].itertext()).split())
        here = list(named[at])
    return ""


def _show(content: Element, words: str) -> None:
    texts = list(content.iter(W + "t"))
    for text in texts:
        text.text = ""
    if texts:
        texts[0].text = words
        return
    holder = next(content.iter(W + "p"), content)
    below(holder, W + "r").append(written(words))


def _texts(content: Element) -> list[str]:
    return [each.text or "" for each in content.iter(W + "t")]


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
