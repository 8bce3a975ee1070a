"""Why a letter did not leave, in words that an editor can act upon."""

import smtplib
import ssl

BROKEN_OFF = "寄的时候程序中断，不知道是否寄到；请问一问收件人，或再寄一次。"
_KINDS = (
    (
        smtplib.SMTPAuthenticationError,
        "发信服务器登录失败，请管理员核对用户名和密码（EMAIL_URL）。",
    ),
    (smtplib.SMTPSenderRefused, "发信服务器不让这个发件人发信，请管理员检查 MAIL_FROM。"),
    (smtplib.SMTPServerDisconnected, "发信服务器没有回应，或中途断开。"),
    (smtplib.SMTPException, "发信服务器没有收下。"),
    (TimeoutError, "发信服务器没有回应。"),
    (ssl.SSLError, "和发信服务器之间的加密连接没有成功，请管理员检查 EMAIL_URL。"),
    (OSError, "连不上发信服务器。"),
    (ValueError, "邮箱地址写得不对，请在账号里改正。"),
)


def of(error: Exception) -> str:
    """A sentence, with the server's own number where it gave one."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = max(_codes(error), default=0)
        if code < 500:
            return f"对方邮局暂时不收（{code}）。"
        return f"对方邮局不收：邮箱可能写错了，或已停用（{code}）。"
    words = next((words for kind, words in _KINDS if isinstance(error, kind)), "")
    said = getattr(error, "smtp_code", "")
    if not words:
        return f"寄信时出错（{type(error).__name__}），请管理员查看日志。"
    return f"{words[:-1]}（{said}）。" if said else words


def is_final(error: Exception) -> bool:
    """Trying again would change nothing: the address itself is refused."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return min(_codes(error), default=0) >= 500
    return isinstance(error, ValueError) and not isinstance(error, OSError)


def _codes(error: smtplib.SMTPRecipientsRefused) -> list[int]:
    return [code for code, _ in error.recipients.values()]
