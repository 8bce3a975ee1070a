"""JSON from outside against a dataclass: the dataclass, or a sentence naming the field. Pure."""

import re
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")
_NAMES = {
    str: "文字",
    int: "整数",
    bool: "true 或 false",
    date: "日期（YYYY-MM-DD）",
    datetime: "带时区的日期和时刻",
}
#: What no database keeps.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LARGEST = 2**31 - 1


class WrongShape(ValueError):
    """The message (Chinese) names the field and says what belongs there."""


def of(shape: type[T], data: Any, at: str = "") -> T:
    """`at` is where `data` stands, for the message. A field with a default may be missing."""
    if not isinstance(data, dict):
        raise WrongShape(f"“{at or '最外层'}”应该是一个对象。")
    known = {field.name: field for field in fields(shape)}
    if strange := sorted(set(data) - set(known)):
        raise WrongShape(f"“{_inside(at, strange[0])}”不是认得的字段。")
    if missing := [name for name, field in known.items() if _is_missing(field, data)]:
        raise WrongShape(f"缺少“{_inside(at, missing[0])}”。")
    hints = get_type_hints(shape)
    return shape(**{name: _value(hints[name], data[name], _inside(at, name)) for name in data})


def _inside(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name


def _is_missing(field: Field[Any], data: dict[str, Any]) -> bool:
    return field.name not in data and field.default is MISSING


def _value(kind: Any, data: Any, at: str) -> Any:
    given = get_args(kind)
    if get_origin(kind) is UnionType:
        (kind,) = (each for each in given if each is not type(None))
        return None if data is None else _value(kind, data, at)
    if get_origin(kind) is tuple:
        if not isinstance(data, list):
            raise WrongShape(f"“{at}”应该是一个列表。")
        return tuple(_value(given[0], each, f"{at}[{n}]") for n, each in enumerate(data))
    if isinstance(kind, type) and is_dataclass(kind):
        return of(kind, data, at)
    return _plain(kind, data, at)


def _plain(kind: type, data: Any, at: str) -> Any:
    try:
        return _READERS[kind](data)
    except (TypeError, ValueError) as error:
        raise WrongShape(f"“{at}”应该是{_NAMES[kind]}。") from error


def _text(data: Any) -> str:
    if not isinstance(data, str) or _CONTROLS.search(data):
        raise ValueError
    return data


def _number(data: Any) -> int:
    if type(data) is not int or abs(data) > _LARGEST:
        raise ValueError
    return data


def _truth(data: Any) -> bool:
    if not isinstance(data, bool):
        raise ValueError
    return data


def _moment(data: Any) -> datetime:
    moment = datetime.fromisoformat(data)
    if moment.tzinfo is None:
        raise ValueError
    return moment


_READERS: dict[type, Callable[[Any], Any]] = {
    str: _text,
    int: _number,
    bool: _truth,
    date: date.fromisoformat,
    datetime: _moment,
}
