"""Starts the local AWS behind a guard against web pages.

It asks nobody for credentials and runs the code it is given, so any page that a browser on this computer
shows could use it: browsers send simple requests to every address, the loopback's too. The guard refuses
what a browser sends on behalf of another site. Programs send no such headers and are not touched; neither
are the addresses of deployed gateways and functions, which are made for browsers and have CORS of their own.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

import ministack.app as engine

REFUSAL = (
    b"The sandbox does not answer web pages of other sites. "
    b"Call it from a program, or from a page on localhost.\n"
)


def is_here(name):
    """Whether a host's name means this computer and nothing else."""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def host_name(text):
    try:
        return urlsplit("//" + text).hostname or ""
    except ValueError:
        return ""


def is_for_browsers(path, host_header):
    """Whether this is the address of a deployed gateway or function, by the engine's own reading of it."""
    if engine._EXECUTE_API_RE.match(host_header) or engine._LAMBDA_URL_RE.match(host_header):
        return True
    parts = path.split("/")
    return parts[1:2] == ["restapis"] and parts[4:5] == ["_user_request_"]


def is_foreign(headers, host):
    """Whether a browser sent this for a page of another site."""
    site = headers.get(b"sec-fetch-site")
    origin = headers.get(b"origin")
    if site is None and origin is None:
        return False
    if not is_here(host):
        # A name of another site that was made to lead here.
        return True
    if site is not None:
        return site == b"cross-site"
    return not is_here(host_name(origin.decode("latin-1").rpartition("//")[2]))


def is_refused(path, headers):
    host_header = headers.get(b"host", b"").decode("latin-1").lower()
    host = host_name(host_header)
    if not is_foreign(headers, host):
        return False
    return not (is_here(host) and is_for_browsers(path, host_header))


def guarded(application):
    async def guard(scope, receive, send):
        if scope["type"] != "lifespan" and is_refused(scope["path"], dict(scope["headers"])):
            return await refuse(scope, send)
        return await application(scope, receive, send)

    return guard


async def refuse(scope, send):
    if scope["type"] == "websocket":
        return await send({"type": "websocket.close", "code": 1008})
    headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(REFUSAL)).encode())]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": REFUSAL})


engine.app = guarded(engine.app)
engine.main()
