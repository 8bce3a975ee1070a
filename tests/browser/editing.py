"""What tests do with the editor of the writer's form."""

from playwright.sync_api import Page

EDITOR = "CKEDITOR.instances.id_body"
READY = f"window.CKEDITOR && {EDITOR} && {EDITOR}.status === 'ready'"


def until(page: Page, expression: str) -> None:
    """Waits until the expression is true. (Playwright's own way needs eval in the page.)"""
    for _ in range(200):
        if page.evaluate(f"Boolean({expression})"):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {expression}")


def paste_clipboard(page: Page, html: str, rtf: str = "", plain: str = "") -> None:
    """A paste as the browser itself tells of it, with the clipboard's own kinds of data."""
    page.evaluate(
        f"""([html, rtf, plain]) => {{
            const clipboard = new DataTransfer();
            if (html) clipboard.setData('text/html', html);
            if (plain) clipboard.setData('text/plain', plain);
            if (rtf) clipboard.setData('text/rtf', rtf);
            {EDITOR}.focus();
            const event = new ClipboardEvent('paste',
                {{clipboardData: clipboard, bubbles: true, cancelable: true}});
            {EDITOR}.editable().$.dispatchEvent(event);
        }}""",
        [html, rtf, plain],
    )
    until(page, f"{EDITOR}.editable().getText().trim()")
