"""A running explorer, and how a page would talk to it."""

import json
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the extra explore is not installed")
pytest.importorskip("uvicorn", reason="the extra explore is not installed")
pytest.importorskip("websockets", reason="the extra explore is not installed")

from websockets.sync.client import ClientConnection, connect

from surfgrad import EarthModel
from surfgrad.explore.serve import Explorer
from surfgrad.explore.session import Session

COLUMNS = {"thickness": [5.0, 25.0, 0.0], "vp": [5.0, 6.3, 8.0], "vs": [2.8, 3.6, 4.5], "rho": [2.5, 2.8, 3.3]}
PERIODS = [2.0, 10.0, 40.0]


class Page:
    """What a browser's page does, with any headers."""

    def __init__(self, explorer: Explorer, session: Session) -> None:
        self.explorer, self.session = explorer, session
        self.host = f"127.0.0.1:{explorer.port}"
        self.origin = f"http://{self.host}"

    def request(
        self, path: str, *, method: str = "GET", body: bytes | None = None, token: str | None = None, **headers: str
    ) -> tuple[int, str]:
        """Status and text of the answer to a request below the token; a header given as "" is left out."""
        given = {"Host": self.host, "Origin": self.origin if method == "POST" else ""} | headers
        connection = HTTPConnection("127.0.0.1", self.explorer.port, timeout=30)
        path = f"/{self.explorer.token if token is None else token}/{path}"
        connection.request(method, path, body, {name.replace("_", "-"): text for name, text in given.items() if text})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def post(self, path: str, content: Any) -> tuple[int, Any]:
        """The answer to a body; parsed where it is JSON."""
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        status, text = self.request(path, method="POST", body=body)
        return status, json.loads(text) if status == 200 else text

    def socket(self, *, token: str | None = None, origin: str | None = "") -> ClientConnection:
        """A websocket; `origin` "" is the page's own."""
        token = self.explorer.token if token is None else token
        origin = self.origin if origin == "" else origin
        return connect(f"ws://{self.host}/{token}/ask", origin=origin)  # type: ignore[arg-type]

    def ask(self, message: Any) -> dict[str, Any]:
        """The answer to one message."""
        with self.socket() as socket:
            socket.send(message if isinstance(message, str | bytes) else json.dumps(message))
            return json.loads(socket.recv(timeout=60))


@pytest.fixture(scope="session")
def page() -> Iterator[Page]:
    session = Session(model=EarthModel(*COLUMNS.values(), name="three layers"))
    explorer = Explorer(session)
    thread = threading.Thread(target=explorer.run, daemon=True)
    thread.start()
    yield Page(explorer, session)
    explorer.stop()
    thread.join(timeout=10)
    assert not thread.is_alive()


def asked(**changes: Any) -> dict[str, Any]:
    """A message that is fine, but for what is changed."""
    branches = [{"wave": "rayleigh", "mode": 0}, {"wave": "love", "mode": 1}]
    kernel = {"quantity": "phase", "parameter": "vs", "per": "layer", "branches": branches}
    message = {"ask": "curves", "id": 7, "model": COLUMNS, "periods": PERIODS, "branches": branches, "kernel": kernel}
    return message | changes
