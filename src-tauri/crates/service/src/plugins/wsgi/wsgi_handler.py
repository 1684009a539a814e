"""Runs a WSGI application (Flask, Django, ...) behind API Gateway, a function URL or a load balancer.

The application is named in `.serverless-wsgi` beside this file. Python's standard library is all it needs.
"""

import base64
import contextlib
import importlib
import io
import json
import os
import shlex
import subprocess
import sys
import traceback
from http import HTTPStatus
from urllib.parse import quote_plus, unquote, unquote_plus

HERE = os.path.dirname(os.path.abspath(__file__))
# Media types whose bodies are text; all others, and what is compressed, travel as base64.
TEXT_TYPES = {
    "application/javascript",
    "application/json",
    "application/vnd.api+json",
    "application/xml",
    "image/svg+xml",
}


def _config():
    with open(os.path.join(HERE, ".serverless-wsgi"), encoding="utf-8") as file:
        return json.load(file)


def _import(name):
    """`folder/module.app` -> the application; dots before the last one are packages."""
    module, _, attribute = name.rpartition(".")
    folder, _, module = module.rpartition("/")
    if folder:
        sys.path.insert(0, os.path.join(HERE, folder))
    return getattr(importlib.import_module(module), attribute)


with contextlib.suppress(ImportError):
    import unzip_requirements  # noqa: F401  what a zipped set of dependencies unpacks itself by

CONFIG = _config()
TEXT_TYPES.update(CONFIG.get("text_mime_types") or [])
application = _import(CONFIG["app"])


def handler(event, context):
    """What Lambda calls."""
    if "_serverless-wsgi" in event:
        return _command(event["_serverless-wsgi"])
    if event.get("source") in ("aws.events", "serverless-plugin-warmup"):
        return {}
    request = _request_of(event)
    return _answer(request, _environ(request, event, context))


class _Request:
    """A request, whichever service brought it."""

    def __init__(self, method, path, query, headers, body):
        self.method = method
        self.path = path
        self.query = query
        # Names in lower case, each with its values in order.
        self.headers = headers
        self.body = body
        self.stage = ""
        self.address = ""
        self.user = ""
        # How the answer spells its headers: `multi` or `single`, and whether cookies stand apart.
        self.multi = False
        self.cookies_apart = False
        self.balancer = False


def _request_of(event):
    body = event.get("body") or ""
    body = base64.b64decode(body) if event.get("isBase64Encoded") else body.encode("utf-8")
    place = event.get("requestContext") or {}
    if event.get("version") == "2.0":
        http = place.get("http") or {}
        headers = _headers(event.get("headers"), None)
        if event.get("cookies"):
            headers["cookie"] = ["; ".join(event["cookies"])]
        request = _Request(
            http.get("method", "GET"), event.get("rawPath") or "/", event.get("rawQueryString") or "", headers, body
        )
        request.address = http.get("sourceIp", "")
        request.cookies_apart = True
        # The path of a named stage holds its name already.
        stage = place.get("stage", "")
        if stage and stage != "$default" and (request.path + "/").startswith(f"/{stage}/"):
            request.path = request.path[len(stage) + 1 :] or "/"
            request.stage = stage
        elif stage != "$default":
            request.stage = stage
        return request
    headers = _headers(event.get("headers"), event.get("multiValueHeaders"))
    request = _Request(
        event.get("httpMethod", "GET"), event.get("path") or "/", _query(event, "elb" in place), headers, body
    )
    request.multi = bool(event.get("multiValueHeaders"))
    request.balancer = "elb" in place
    request.stage = place.get("stage", "")
    request.address = (place.get("identity") or {}).get("sourceIp", "")
    request.user = (place.get("authorizer") or {}).get("principalId", "")
    return request


def _headers(single, multi):
    headers = {}
    for name, value in (single or {}).items():
        headers[name.lower()] = [value]
    for name, values in (multi or {}).items():
        headers[name.lower()] = list(values)
    return headers


def _query(event, is_encoded):
    """Load balancers give parameters as they were sent, API Gateway decoded."""
    multi = event.get("multiValueQueryStringParameters")
    pairs = [(name, value) for name, values in (multi or {}).items() for value in values]
    if not multi:
        pairs = list((event.get("queryStringParameters") or {}).items())
    if is_encoded:
        pairs = [(unquote_plus(name), unquote_plus(value or "")) for name, value in pairs]
    return "&".join(f"{quote_plus(name)}={quote_plus(value or '')}" for name, value in pairs)


def _script_name(request):
    """What stands before the application's own paths: the API's stage, or a domain's base path."""
    base = os.environ.get("API_GATEWAY_BASE_PATH", "").strip("/")
    if base:
        name = "/" + base
        if request.path.startswith(name):
            request.path = request.path[len(name) :] or "/"
        return name
    strips = os.environ.get("STRIP_STAGE_PATH", "").lower().strip() in ("yes", "y", "true", "t", "1")
    host = (request.headers.get("host") or [""])[0]
    # A domain of the user's own shows no stage.
    if strips or not request.stage or "amazonaws.com" not in host:
        return ""
    return "/" + request.stage


def _environ(request, event, context):
    first = lambda name, other="": (request.headers.get(name) or [other])[0]  # noqa: E731
    script_name = _script_name(request)
    environ = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": script_name,
        # WSGI wants bytes in the clothes of Latin-1.
        "PATH_INFO": unquote(request.path).encode("utf-8").decode("latin-1"),
        "QUERY_STRING": request.query,
        "CONTENT_TYPE": first("content-type"),
        "CONTENT_LENGTH": str(len(request.body)),
        "REMOTE_ADDR": request.address,
        "REMOTE_USER": request.user,
        "SERVER_NAME": first("host", "lambda").rsplit(":", 1)[0],
        "SERVER_PORT": first("x-forwarded-port", "443"),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": first("x-forwarded-proto", "https"),
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "serverless.event": event,
        "serverless.context": context,
        "serverless.authorizer": (event.get("requestContext") or {}).get("authorizer"),
    }
    for name, values in request.headers.items():
        key = "HTTP_" + name.upper().replace("-", "_")
        if key not in ("HTTP_CONTENT_TYPE", "HTTP_CONTENT_LENGTH"):
            environ[key] = ",".join(str(value) for value in values)
    return environ


def _answer(request, environ):
    said = {}
    written = []

    def start_response(status, headers, exc_info=None):
        if exc_info and said:
            said.clear()
        said["status"], said["headers"] = status, headers
        return written.append

    parts = application(environ, start_response)
    try:
        body = b"".join(written) + b"".join(parts)
    finally:
        close = getattr(parts, "close", None)
        if close:
            close()
    status = int(said["status"].split(" ", 1)[0])
    headers = {}
    for name, value in said["headers"]:
        # Django begins the values of cookies with a space.
        headers.setdefault(name, []).append(value.strip())
    return _as_answer(request, status, headers, body)


def _as_answer(request, status, headers, body):
    answer = {"statusCode": status}
    by_name = {name.lower(): values for name, values in headers.items()}
    if request.multi:
        answer["multiValueHeaders"] = headers
    elif request.cookies_apart:
        answer["cookies"] = by_name.pop("set-cookie", [])
        answer["headers"] = {name: ",".join(values) for name, values in by_name.items()}
    else:
        answer["headers"] = _single(headers)
    if request.balancer:
        answer["statusDescription"] = f"{status} {HTTPStatus(status).phrase}"
    media = (by_name.get("content-type") or ["text/plain"])[0].split(";", 1)[0].strip().lower()
    is_text = (media.startswith("text/") or media in TEXT_TYPES) and not by_name.get("content-encoding")
    if is_text:
        try:
            answer["body"], answer["isBase64Encoded"] = body.decode("utf-8"), False
            return answer
        except UnicodeDecodeError:
            pass
    answer["body"], answer["isBase64Encoded"] = base64.b64encode(body).decode("ascii"), True
    return answer


def _single(headers):
    """One value a name; a second value goes under the same name in another case, which HTTP takes for the same."""
    single = {}
    for name, values in headers.items():
        for number, value in enumerate(values):
            letters = [
                letter.upper() if number >> place & 1 else letter.lower() for place, letter in enumerate(name)
            ]
            single["".join(letters) if len(values) > 1 else name] = value
    return single


def _command(asked):
    """What `wsgi exec`, `command`, `manage` and `flask` ask of the deployed function."""
    kind, data = asked.get("command"), asked.get("data", "")
    output = io.StringIO()
    try:
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            if kind == "exec":
                exec(data, {"__name__": "__console__"})
            elif kind == "command":
                output.write(subprocess.run(data, shell=True, check=True, capture_output=True, text=True).stdout)
            elif kind == "manage":
                from django.core import management

                management.call_command(*shlex.split(data))
            elif kind == "flask":
                from flask.cli import FlaskGroup

                FlaskGroup(create_app=lambda: application).main(shlex.split(data), standalone_mode=False)
            else:
                raise ValueError(f"there is no command {kind!r}")
    except subprocess.CalledProcessError as problem:
        return [problem.returncode, output.getvalue() + problem.stdout + problem.stderr]
    except BaseException:  # noqa: B902  a command that exits must not end the function
        return [1, output.getvalue() + traceback.format_exc()]
    return [0, output.getvalue()]
