"""What the server answers: the page's files, its questions over websockets, files to open and to save."""

import sys
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket, WebSocketDisconnect

from surfgrad.errors import SurfgradError, UsageError
from surfgrad.explore.messages import CurvesAsked, CurvesSaved, ModelSaved, read_asked, read_body
from surfgrad.explore.opened import model_record, open_curves, open_model
from surfgrad.explore.plain import to_json
from surfgrad.explore.saved import Saved, save_curves, save_model
from surfgrad.explore.session import Session
from surfgrad.text import LARGEST

STATIC = Path(__file__).with_name("static")
_BAD = 400
_BUG = "an error in surfgrad itself; the terminal that runs it shows it"


def application(session: Session, token: str) -> Starlette:
    """The application behind the guard; everything lies below the token."""

    def save(what: type, write: Callable[[Any], Saved]) -> Callable[[Request], Awaitable[Response]]:
        return _json(lambda given: asdict(write(read_body(what, given.body))))

    routes = [
        Route("/start", _json(lambda _: session.start())),
        Route("/open/model", _json(_open_model), methods=["POST"]),
        Route("/open/curves", _json(lambda given: _open_curves(given, session)), methods=["POST"]),
        Route("/save/model", save(ModelSaved, save_model), methods=["POST"]),
        Route("/save/curves", save(CurvesSaved, save_curves), methods=["POST"]),
        WebSocketRoute("/ask", _asking(session)),
        Mount("/", StaticFiles(directory=STATIC, html=True)),
    ]
    return Starlette(routes=[Mount(f"/{token}", routes=routes)])


class _Given:
    """A request's parameters and body."""

    def __init__(self, parameters: dict[str, str], body: bytes) -> None:
        self.parameters, self.body = parameters, body


def _json(answer: Callable[[_Given], Any]) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that answers in JSON, or in one line of text where what was given is not allowed."""

    async def endpoint(request: Request) -> Response:
        try:
            given = _Given(dict(request.query_params), await _body(request))
            text = await run_in_threadpool(lambda: to_json(answer(given)))
        except SurfgradError as error:
            return PlainTextResponse(str(error), status_code=_BAD)
        return Response(text, media_type="application/json")

    return endpoint


async def _body(request: Request) -> bytes:
    """The body, never more of it than a file may have."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST:
            raise UsageError(f"more than {LARGEST // 1_000_000} MB given; a model or curves are a short text file")
        parts.append(part)
    return b"".join(parts)


def _open_model(given: _Given) -> dict[str, Any]:
    return model_record(open_model(given.body, given.parameters.get("name", ""), given.parameters.get("units", "km")))


def _open_curves(given: _Given, session: Session) -> dict[str, Any]:
    parameters = given.parameters
    said: dict[str, Any] = {key: parameters[key] for key in ("wave", "kind") if parameters.get(key)}
    if mode := parameters.get("mode"):
        if not (mode.isascii() and mode.isdecimal() and len(mode) <= 4):
            raise UsageError(f"mode: {mode[:20]!r} given; 0 to 9999 is allowed")
        said["mode"] = int(mode)
    name = parameters.get("name", "")
    return session.keep(open_curves(given.body, name, parameters.get("units", "km"), said), name)


def _asking(session: Session) -> Callable[[WebSocket], Awaitable[None]]:
    """A websocket on which each message is answered before the next one is read."""

    async def endpoint(socket: WebSocket) -> None:
        await socket.accept()
        while True:
            message = await socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            given = message.get("text") or message.get("bytes") or ""
            text = await run_in_threadpool(_answer_or_line, given, session)
            try:
                await socket.send_text(text)
            except WebSocketDisconnect:
                return

    return endpoint


def _answer_or_line(given: str | bytes, session: Session) -> str:
    """The answer, or a line that says why there is none; nothing that is sent stops the server."""
    number = None
    try:
        asked = read_asked(given)
        number = asked.id
        return to_json(_answer(asked, session))
    except SurfgradError as error:
        return to_json({"answer": "error", "id": number, "message": str(error)})
    except Exception:
        traceback.print_exc(file=sys.stderr)
        return to_json({"answer": "error", "id": number, "message": _BUG})


def _answer(asked: Any, session: Session) -> dict[str, Any]:
    if isinstance(asked, CurvesAsked):
        from surfgrad.explore.solve import curves_answer

        return curves_answer(asked, session.data(asked.data))
    if session.surrogate is None:
        raise UsageError("learned: no surrogate is open; start with surfgrad explore --surrogate CKPT")
    from surfgrad.explore.learned import learned_answer

    return learned_answer(asked, session.surrogate)
