"""A browser that is driven: keys are pressed, words typed, buttons clicked, and what it downloads is there as a file.

It is spoken to over two pipes in the protocol that every Chromium knows, so that no further package is needed.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.chromium import PATIENCE, QUIET

_KEYS = {
    "Tab": 9,
    "Enter": 13,
    " ": 32,
    "ArrowRight": 39,
    "ArrowLeft": 37,
    "ArrowDown": 40,
    "Home": 36,
    "End": 35,
    "PageUp": 33,
    "PageDown": 34,
    "Delete": 46,
    "Backspace": 8,
    ".": 190,
    "?": 191,
    "Escape": 27,
}
_OWN = ("file:", "data:", "blob:", "about:", "chrome")


class Driven:
    """One window: where it is, what its console said, which addresses it asked for, where its downloads are."""

    def __init__(self, to: int, back: int, downloads: Path) -> None:
        self._to, self._back, self._waiting = to, back, b""
        self._count = 0
        self._session = self._context = ""
        self._events: list[dict[str, Any]] = []
        self.console: list[str] = []
        self.requests: list[str] = []
        self.downloads = downloads
        self._target = ""
        self.fresh()

    def fresh(self) -> None:
        """Begin anew: a window that remembers nothing, with nothing on its console."""
        self._session = ""
        self._context = self._tell("Target.createBrowserContext")["browserContextId"]
        where = {"browserContextId": self._context}
        self._tell(
            "Browser.setDownloadBehavior",
            behavior="allow",
            downloadPath=str(self.downloads),
            eventsEnabled=True,
            **where,
        )
        self._target = self._tell("Target.createTarget", url="about:blank", **where)["targetId"]
        self._session = self._attached(self._target)
        self.console.clear()
        self.requests.clear()

    def _attached(self, target: str) -> str:
        """Listen to a window, and give what it is spoken to by."""
        was, self._session = self._session, ""
        try:
            session = str(self._tell("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])
            self._session = session
            for domain in ("Page", "Runtime", "Log", "Network"):
                self._tell(f"{domain}.enable")
        finally:
            self._session = was
        return session

    def others(self) -> list[str]:
        """The windows that this one opened."""
        was, self._session = self._session, ""
        try:
            found = self._tell("Target.getTargets")["targetInfos"]
        finally:
            self._session = was
        return [
            each["targetId"]
            for each in found
            if each["type"] == "page"
            and each.get("browserContextId") == self._context
            and each["targetId"] != self._target
        ]

    @contextmanager
    def other(self, width: int = 1000, height: int = 700) -> Iterator[None]:
        """Everything said in here is said to the one window that this one opened, which is waited for."""
        until = time.monotonic() + PATIENCE
        while not (found := self.others()):
            assert time.monotonic() < until, "no window was opened"
        (target,) = found
        was = self._session
        self._session = self._attached(target)
        try:
            self._sized(width, height)
            yield
        finally:
            self._session = was

    def open(self, page: Path, width: int = 1200, height: int = 1000) -> None:
        """Go to a file and wait until it has loaded."""
        self._sized(width, height)
        self._events.clear()
        self._tell("Page.navigate", url=page.resolve().as_uri())
        self._wait("Page.loadEventFired")

    def _sized(self, width: int, height: int) -> None:
        self._tell(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
        )

    def without_scripts(self) -> None:
        """From now on no script of a page runs in this window; what is asked by `run` still does."""
        self._tell("Emulation.setScriptExecutionDisabled", value=True)

    def again(self) -> None:
        """Load the page again."""
        self._events.clear()
        self._tell("Page.reload")
        self._wait("Page.loadEventFired")

    def run(self, script: str) -> Any:
        """Give what a line of script comes to in the page; AssertionError where it throws."""
        done = self._tell("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def await_(self, script: str) -> None:
        """Wait until a line of script holds, however often the page loads meanwhile."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                if self.run(script):
                    return
            except AssertionError:
                # The page is just being left.
                continue
        raise AssertionError(script)

    def there(self, selector: str) -> str:
        """Bring the one element of a selector into view and give the script that names it."""
        found = f"document.querySelector({json.dumps(selector)})"
        assert self.run(f"{found} !== null && {found}.getClientRects().length > 0"), f"{selector} cannot be seen"
        self.run(f"{found}.scrollIntoView({{block: 'center', behavior: 'instant'}})")
        return found

    def click(self, selector: str) -> None:
        """Click in the middle of an element."""
        box = self.run(
            f"(() => {{ const r = {self.there(selector)}.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }})()"
        )
        self.click_at(*box)

    def click_at(self, x: float, y: float) -> None:
        """Click on a place of the window."""
        for kind in ("mousePressed", "mouseReleased"):
            self._tell("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def tap(self, x: float, y: float) -> None:
        """Touch a place of the window with a finger."""
        self._tell("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
        self._tell("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def drag(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """Press the button at one place, move, and let go at another."""
        for kind, at in (("mousePressed", (x, y)), ("mouseMoved", (to_x, to_y)), ("mouseReleased", (to_x, to_y))):
            self._tell("Input.dispatchMouseEvent", type=kind, x=at[0], y=at[1], button="left", buttons=1, clickCount=1)

    def prefer_dark(self) -> None:
        """From now on the system's colours are dark."""
        self._tell("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])

    def type(self, selector: str, text: str) -> None:
        """Put the cursor into a field, and type or paste."""
        self.run(f"{self.there(selector)}.focus()")
        self._tell("Input.insertText", text=text)

    def press(self, *keys: str, shift: bool = False) -> None:
        """Press keys, one after the other; `shift` is held meanwhile."""
        for key in keys:
            code = (
                key
                if len(key) > 1
                else "Space"
                if key == " "
                else f"Digit{key}"
                if key.isdigit()
                else f"Key{key.upper()}"
            )
            fields: dict[str, Any] = {
                "key": key,
                "code": code,
                "windowsVirtualKeyCode": _KEYS[key] if key in _KEYS else ord(key.upper()),
                "modifiers": 8 if shift else 0,
            }
            if key == "Enter" or len(key) == 1:
                fields["text"] = "\r" if key == "Enter" else key
            self._tell("Input.dispatchKeyEvent", type="keyDown", **fields)
            self._tell("Input.dispatchKeyEvent", type="keyUp", **{k: v for k, v in fields.items() if k != "text"})

    def stroke(self, key: str, code: str, *, shift: bool = False) -> None:
        """Press one key of whatever keyboard: what it means there, and where it is."""
        fields = {"key": key, "code": code, "modifiers": 8 if shift else 0, "isKeypad": code.startswith("Numpad")}
        self._tell("Input.dispatchKeyEvent", type="keyDown", **fields)
        self._tell("Input.dispatchKeyEvent", type="keyUp", **fields)

    def heard(self) -> list[str]:
        """What assistive technology is told of the page: the name and description of all that is not hidden from it."""
        nodes = self._tell("Accessibility.getFullAXTree")["nodes"]
        told = [
            node.get(of, {}).get("value", "") for node in nodes if not node["ignored"] for of in ("name", "description")
        ]
        return [str(each) for each in told if each]

    def on_paper(self) -> None:
        """From now on the page looks as it is printed."""
        self._tell("Emulation.setEmulatedMedia", media="print")

    def focus(self) -> str:
        """Say which element has the focus, by its id or its words."""
        return str(self.run("document.activeElement.id || document.activeElement.textContent.trim()"))

    def picture(self, target: Path) -> None:
        """Keep a picture of the whole page."""
        size = self._tell("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 16_000), "scale": 1}
        made = self._tell("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        target.write_bytes(base64.b64decode(made["data"]))

    def pdf(self, target: Path, *, backgrounds: bool = True) -> None:
        """Print the page as it stands; people print without backgrounds unless they ask for them."""
        made = self._tell("Page.printToPDF", preferCSSPageSize=True, printBackground=backgrounds)
        target.write_bytes(base64.b64decode(made["data"]))

    def downloaded(self, selector: str) -> Path:
        """Click on what makes a download, and give the file once it is whole."""
        self._events.clear()
        self.click(selector)
        return self._whole()

    def saved_by(self, key: str) -> Path:
        """Press a key that makes a download, and give the file once it is whole."""
        self._events.clear()
        self.press(key)
        return self._whole()

    def _whole(self) -> Path:
        name = self._wait("Browser.downloadWillBegin")["suggestedFilename"]
        while self._wait("Browser.downloadProgress")["state"] != "completed":
            pass
        return self.downloads / str(name)

    def _wait(self, method: str) -> dict[str, Any]:
        until = time.monotonic() + PATIENCE
        while True:
            for number, event in enumerate(self._events):
                if event["method"] == method:
                    return dict(self._events.pop(number)["params"])
            self._hear(until)

    def _tell(self, method: str, **params: Any) -> dict[str, Any]:
        self._count += 1
        message: dict[str, Any] = {"id": self._count, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._to, data) :]
        until = time.monotonic() + PATIENCE
        while True:
            answer = self._hear(until)
            if answer.get("id") == self._count:
                assert "error" not in answer, (method, answer["error"])
                return dict(answer["result"])

    def _hear(self, until: float) -> dict[str, Any]:
        while b"\0" not in self._waiting:
            ready, _, _ = select.select([self._back], [], [], max(until - time.monotonic(), 0))
            assert ready, "the browser says nothing"
            more = os.read(self._back, 1 << 16)
            assert more, "the browser is gone"
            self._waiting += more
        line, _, self._waiting = self._waiting.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        if "method" in message:
            self._note(message)
        return message

    def _note(self, event: dict[str, Any]) -> None:
        self._events.append(event)
        params = event["params"]
        if event["method"] == "Runtime.consoleAPICalled":
            self.console.append(" ".join(str(each.get("value", "")) for each in params["args"]))
        elif event["method"] == "Runtime.exceptionThrown":
            self.console.append(str(params["exceptionDetails"].get("exception", {}).get("description", "error")))
        elif event["method"] == "Log.entryAdded":
            self.console.append(str(params["entry"]["text"]))
        elif event["method"] == "Network.requestWillBeSent":
            url = str(params["request"]["url"])
            self.requests += [] if url.startswith(_OWN) else [url]


@contextmanager
def driven(browser: str) -> Iterator[Driven]:
    """Give a browser with a profile of its own, and end it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        ours, theirs = _pipe(), _pipe()
        downloads = Path(folder) / "downloads"
        downloads.mkdir()
        command = [browser, *QUIET, f"--user-data-dir={folder}/profile", "--remote-debugging-pipe", "about:blank"]
        quiet = os.open(os.devnull, os.O_RDWR)
        actions = [
            (os.POSIX_SPAWN_DUP2, quiet, 1),
            (os.POSIX_SPAWN_DUP2, quiet, 2),
            (os.POSIX_SPAWN_DUP2, ours[0], 3),
            (os.POSIX_SPAWN_DUP2, theirs[1], 4),
        ]
        process = os.posix_spawn(browser, command, os.environ, file_actions=actions, setpgroup=0)
        for each in (ours[0], theirs[1], quiet):
            os.close(each)
        try:
            yield Driven(ours[1], theirs[0], downloads)
        finally:
            os.close(ours[1])
            os.close(theirs[0])
            os.killpg(process, signal.SIGKILL)
            os.waitpid(process, 0)


def _pipe() -> tuple[int, int]:
    """Both ends of a pipe, out of the way of the numbers that the browser wants."""
    found = []
    for end in os.pipe():
        found.append(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10))
        os.close(end)
    return found[0], found[1]
