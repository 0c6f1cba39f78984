"""Only the page that was opened with its address is answered."""

import pytest
from tests.explore.conftest import Page
from websockets.exceptions import InvalidStatus

ANOTHER = "http://evil.example"


def test_the_page_and_its_parts_are_served_with_a_policy_that_lets_nothing_else_in(page: Page) -> None:
    status, text = page.request("")
    assert status == 200
    assert "<title>surfgrad explorer</title>" in text
    assert all(page.request(name)[0] == 200 for name in ("main.js", "style.css", "icon.svg", "start"))
    assert "https:" not in text  # nothing from elsewhere


@pytest.mark.parametrize("token", ["", "x", "token", "../", "%2e%2e"])
def test_without_the_token_nothing_is_answered(page: Page, token: str) -> None:
    for path in ("", "main.js", "start"):
        assert page.request(path, token=token)[0] == 403
    with pytest.raises(InvalidStatus, match="403"):
        page.socket(token=token).close()


def test_half_a_token_is_none(page: Page) -> None:
    assert page.request("start", token=page.explorer.token[:-1])[0] == 403
    assert page.request("start", token=page.explorer.token + "x")[0] == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:80"])
def test_a_foreign_name_for_this_machine_is_refused(page: Page, host: str) -> None:
    assert page.request("start", Host=host)[0] == 403


def test_localhost_is_this_machine_too(page: Page) -> None:
    assert page.request("start", Host=f"localhost:{page.explorer.port}")[0] == 200


@pytest.mark.parametrize("origin", [ANOTHER, "null", "http://127.0.0.1:1", "https://127.0.0.1"])
def test_another_origin_is_refused(page: Page, origin: str) -> None:
    assert page.request("start", Origin=origin)[0] == 403
    assert page.request("open/model", method="POST", body=b"", Origin=origin)[0] == 403
    with pytest.raises(InvalidStatus, match="403"):
        page.socket(origin=origin).close()


def test_what_sends_must_say_where_from(page: Page) -> None:
    assert page.request("open/model", method="POST", body=b"", Origin="")[0] == 403
    with pytest.raises(InvalidStatus, match="403"):
        page.socket(origin=None).close()


@pytest.mark.parametrize(
    ("site", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200)]
)
def test_what_the_browser_says_of_the_site_counts(page: Page, site: str, status: int) -> None:
    assert page.request("start", Sec_Fetch_Site=site)[0] == status


def test_files_outside_the_page_stay_outside(page: Page) -> None:
    for path in ("../messages.py", "..%2fmessages.py", "%2e%2e/serve.py", "/etc/passwd"):
        assert page.request(path)[0] in (403, 404)


def test_the_socket_is_on_the_loopback_interface(page: Page) -> None:
    assert page.explorer._socket.getsockname()[0] == "127.0.0.1"
