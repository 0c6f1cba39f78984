"""Running the explorer: a socket on the loopback interface, an address with a token, a server until it is stopped."""

import secrets
import socket
import threading
from collections.abc import Callable

import uvicorn

from surfgrad.errors import UsageError
from surfgrad.explore.guard import Guard
from surfgrad.explore.routes import application
from surfgrad.explore.session import Session
from surfgrad.explore.warm_up import warm_up

LOOPBACK = "127.0.0.1"
MOST_BYTES = 1_000_000
"""Of a message; the largest that is allowed (400 layers, 400 periods) has a hundredth of it in numbers."""


class Explorer:
    """A server that is bound and not yet running. `port`: 0 takes one that is free; UsageError where it is taken."""

    def __init__(self, session: Session, port: int = 0) -> None:
        self._socket = _bound(port)
        self.port: int = self._socket.getsockname()[1]
        self.token = secrets.token_urlsafe(24)
        guarded = Guard(application(session, self.token), self.token, self.port)
        self._server = uvicorn.Server(
            uvicorn.Config(
                guarded,
                lifespan="off",
                log_level="warning",
                access_log=False,
                server_header=False,
                ws="websockets-sansio",
                ws_max_size=MOST_BYTES,
                timeout_graceful_shutdown=1,
            )
        )

    @property
    def address(self) -> str:
        """Where the page is, token included."""
        return f"http://{LOOPBACK}:{self.port}/{self.token}/"

    def run(self, ready: Callable[[], object] | None = None) -> None:
        """Serve until `stop` or Ctrl-C; `ready` is called first: the socket already takes connections."""
        threading.Thread(target=warm_up, daemon=True).start()
        if ready is not None:
            ready()
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._socket.close()

    def stop(self) -> None:
        """Make `run`, in another thread, return."""
        self._server.should_exit = True


def _bound(port: int) -> socket.socket:
    if not 0 <= port <= 65535:
        raise UsageError(f"--port: {port} given; 0 (any that is free) to 65535 is allowed")
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        bound.bind((LOOPBACK, port))
        bound.listen()
    except OSError as error:
        bound.close()
        raise UsageError(f"--port: {port} cannot be used ({error.strerror}); 0 takes one that is free") from None
    return bound
