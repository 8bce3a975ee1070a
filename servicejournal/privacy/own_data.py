"""A person's own data as a file: 个人信息保护法 第四十五条 (查阅、复制).

What belongs to an app that stands above is registered by it: `register`.
"""

import json
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from .. import record
from ..accounts import devices, second_factor
from ..models import Identity, Record, User

Part = Callable[[User], Any]
_PARTS: dict[str, Part] = {}
#: Rows of the record that a file holds: the newest.
_MOST_ROWS = 5000
_SIGN_INS = ("登录", "退出", "登录失败")


def register(name: str, part: Part) -> None:
    """`name` (Chinese) is the heading in the file; `part` gives what can be written as JSON."""
    _PARTS[name] = part


@transaction.atomic
def of(user: User) -> bytes:
    """UTF-8 JSON. Taking it away is recorded."""
    told = {
        "说明": "本系统保存的、关于您的资料。保存什么、多久、谁能看，见“个人信息”一页。",
        "生成时间": _at(timezone.now()),
        "账号": _account(user),
        "现在登录着的": [_device(each) for each in devices.of(user)],
        "动态口令": "已启用" if second_factor.is_on(user) else "没有启用",
        "单点登录": [_identity(each) for each in user.identities.order_by("pk")],
        "登录": [_row(each) for each in _about(user).filter(verb__in=_SIGN_INS)[:_MOST_ROWS]],
        "账号的变动": [
            _row(each) for each in _about(user).exclude(verb__in=_SIGN_INS)[:_MOST_ROWS]
        ],
        "您做过的": [_deed(each) for each in _by(user)[:_MOST_ROWS]],
        **{name: part(user) for name, part in _PARTS.items()},
    }
    record.write("下载本人资料", user, by=user)
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _account(user: User) -> dict[str, Any]:
    return {
        "工号或用户名": user.login_name,
        "姓名": user.name,
        "单位": str(user.branch or user.stated_branch),
        "手机": user.mobile,
        "邮箱": user.email,
        "角色": [str(each) for each in user.grants.all()],
        "建立": _at(user.date_joined),
        "上次登录": _at(user.last_login),
        "核实": _at(user.confirmed_at),
    }


def _device(device: devices.Device) -> dict[str, Any]:
    return {
        "从": _at(device.began_at),
        "最近": _at(device.seen_at),
        "从哪里": device.address,
        "浏览器": device.browser,
    }


def _identity(identity: Identity) -> dict[str, Any]:
    told = {"签发方": identity.issuer, "那边的编号": identity.subject}
    return {**told, "连上": _at(identity.at)}


def _about(user: User) -> Any:
    return record.of(user).order_by("-at", "-pk")


def _by(user: User) -> Any:
    about = {"subject_type": User._meta.label_lower, "subject_pk": user.pk}
    return Record.objects.filter(actor_pk=user.pk).exclude(**about).order_by("-at", "-pk")


def _row(row: Record) -> dict[str, Any]:
    return {"时间": _at(row.at), "事": row.verb, "从哪里": row.address or ""}


def _deed(row: Record) -> dict[str, Any]:
    """Without what was said inside: that is about others, and read where it may be."""
    return {**_row(row), "对什么": row.subject}


def _at(moment: Any) -> str:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""
