"""Answers with what it was asked."""

import json


def app(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/bytes":
        start_response("200 OK", [("Content-Type", "image/png")])
        return [b"\x89PNG", b"\xff"]
    if path == "/own":
        start_response("200 OK", [("Content-Type", "application/x-own")])
        return [b"own"]
    if path == "/cookies":
        start_response("302 Found", [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("Location", "/x")])
        return []
    if path == "/write":
        write = start_response("200 OK", [("Content-Type", "text/plain")])
        write(b"first ")
        return [b"second"]
    known = {key: value for key, value in environ.items() if isinstance(value, str)}
    known["body"] = environ["wsgi.input"].read().decode("utf-8")
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(known).encode()]
