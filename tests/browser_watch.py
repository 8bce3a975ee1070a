"""What a page must never do while a test reads it: complain, fail, or call a third party."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

# A page that is asked for and refused (404, 422) is an answer, not a fault of the page; the
# browser itself asks for favicon.ico where a page (plain text, say) names no icon.
REFUSED = "Failed to load resource: the server responded with a status of"
OWN_SCHEMES = ("data:", "blob:", "about:")
# Chromium's own word where a page that fades is left for one that does not (the desk, a file).
NO_FADING = "Transition was aborted because of invalid state. ViewTransition opt-in disabled"


class Watch:
    """Notes the faults of every page of `context`; `site` is the only address it may call."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.faults: list[str] = []
        self._site = site.rstrip("/") + "/"
        self._navigations: set[str] = set()
        context.on("console", self._on_console)
        context.on("weberror", self._on_web_error)
        context.on("request", self._on_request)

    def _on_console(self, message: ConsoleMessage) -> None:
        place = message.location.get("url", "").partition("#")[0]
        refused = message.text.startswith(REFUSED)
        asked_for = place in self._navigations or place == f"{self._site}favicon.ico"
        # A step of the board that somebody was faster than is an answer too.
        asked_for = asked_for or (place.endswith("/board/step/") and "of 409" in message.text)
        if message.type == "error" and not (refused and asked_for):
            self.faults.append(f"console: {message.text} ({place})")

    def _on_web_error(self, error: WebError) -> None:
        if NO_FADING not in str(error.error):
            self.faults.append(f"script: {error.error}")

    def _on_request(self, request: Request) -> None:
        if request.is_navigation_request():
            self._navigations.add(request.url)
        if not request.url.startswith((self._site, *OWN_SCHEMES)):
            self.faults.append(f"third party: {request.url}")
