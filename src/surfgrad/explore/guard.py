"""Who may talk to the server: the page that was opened with its address, and nobody else.

Any page in the same browser can send requests to this machine, and a name server can make a foreign name mean it. So
every request and every websocket must carry the token, in its path, and a Host that is this server's; what a browser
says of where a request comes from (Origin, Sec-Fetch-Site) must be this server too, and must be said where something
is sent (POST, websockets).
"""

import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_HEADERS = [
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
]  # fmt: skip
_POLICY_VIOLATION = 1008


class Guard:
    """An ASGI application that lets the requests described above through to `app`, and refuses all others with 403."""

    def __init__(self, app: App, token: str, port: int) -> None:
        self._app = app
        self._token = token.encode()
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or refuse."""
        words = self.refusal(scope)
        if words is None:
            await self._app(scope, receive, _with_headers(send))
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": words})
        else:
            await _refuse(words, send)

    def refusal(self, scope: Scope) -> str | None:
        """Why a request is refused; None: it is not."""
        headers = _single(scope["headers"])
        if headers is None or headers.get("host") not in self._hosts:
            return "this server answers to its own address only"
        given = scope["path"].lstrip("/").partition("/")[0].encode()
        if not secrets.compare_digest(given, self._token):
            return "the address lacks the token that surfgrad explore printed"
        if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return "the request comes from another site"
        origin = headers.get("origin")
        sends = scope["type"] == "websocket" or scope["method"] not in ("GET", "HEAD")
        if origin is None and not sends:
            return None
        if origin != f"http://{headers['host']}":
            return "the request comes from another origin"
        return None


def _single(headers: list[tuple[bytes, bytes]]) -> dict[str, str] | None:
    """The headers that are judged; None where one of them is given twice."""
    found: dict[str, str] = {}
    for name, value in headers:
        key = name.decode("latin-1").lower()
        if key in ("host", "origin", "sec-fetch-site"):
            if key in found:
                return None
            found[key] = value.decode("latin-1").lower()
    return found


def _with_headers(send: Send) -> Send:
    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", []), *_HEADERS]
        await send(message)

    return sending


async def _refuse(words: str, send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *_HEADERS]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": f"refused: {words}\n".encode()})
