"""Calls the packed adapter with events as AWS's documents show them, and holds its answers against what is right.

`python3 adapter_test.py echo|flask|django FOLDER`
"""

import base64
import json
import sys

kind, folder = sys.argv[1:]
sys.path.insert(0, folder)
sys.dont_write_bytecode = True
import wsgi_handler  # noqa: E402


def call(event):
    return wsgi_handler.handler(event, None)


def v2(path, method="GET", query="", stage="$default", **more):
    return {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": query,
        "headers": {"host": "x.execute-api.eu-west-1.amazonaws.com", "x-forwarded-proto": "https", **more.pop("headers", {})},
        "requestContext": {"stage": stage, "http": {"method": method, "path": path, "sourceIp": "192.0.2.1"}},
        "isBase64Encoded": False,
        **more,
    }


def v1(path, method="GET", host="x.execute-api.eu-west-1.amazonaws.com", **more):
    headers = {"Host": host, "X-Forwarded-Port": "443", **more.pop("headers", {})}
    event = {
        "httpMethod": method,
        "path": path,
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "requestContext": {"stage": "dev", "identity": {"sourceIp": "192.0.2.2"}, "authorizer": {"principalId": "me"}},
        "body": None,
        "isBase64Encoded": False,
    }
    event.update(more)
    return event


def same(actual, wanted, what):
    if actual != wanted:
        sys.exit(f"{what}: {actual!r}, not {wanted!r}")


def echo():
    def told(event):
        answer = call(event)
        same(answer["statusCode"], 200, "status")
        return json.loads(answer["body"])

    seen = told(v2("/a%20b/\u00e9", query="x=1&x=2&e=", cookies=["s=1", "t=2"]))
    same(seen["PATH_INFO"].encode("latin-1").decode("utf-8"), "/a b/\u00e9", "path")
    same((seen["QUERY_STRING"], seen["HTTP_COOKIE"]), ("x=1&x=2&e=", "s=1; t=2"), "query and cookies")
    same((seen["SCRIPT_NAME"], seen["REMOTE_ADDR"], seen["wsgi.url_scheme"]), ("", "192.0.2.1", "https"), "place")
    seen = told(v2("/dev/a", stage="dev"))
    same((seen["SCRIPT_NAME"], seen["PATH_INFO"]), ("/dev", "/a"), "a named stage of an HTTP API")
    seen = told(v2("/p", "POST", body=base64.b64encode(b"h\xc3\xa9").decode(), isBase64Encoded=True))
    same((seen["REQUEST_METHOD"], seen["body"], seen["CONTENT_LENGTH"]), ("POST", "h\u00e9", "3"), "a body")

    seen = told(v1("/a", multiValueQueryStringParameters={"x": ["1", "a b&c"]}, queryStringParameters={"x": "a b&c"}))
    same((seen["SCRIPT_NAME"], seen["QUERY_STRING"], seen["REMOTE_USER"]), ("/dev", "x=1&x=a+b%26c", "me"), "REST")
    same(told(v1("/a", host="api.example.com"))["SCRIPT_NAME"], "", "a domain of one's own")

    balancer = {
        "requestContext": {"elb": {"targetGroupArn": "arn"}},
        "httpMethod": "GET",
        "path": "/a",
        "queryStringParameters": {"x": "a%20b"},
        "headers": {"host": "lb.example.com"},
        "body": "",
        "isBase64Encoded": False,
    }
    answer = call(balancer)
    same(answer["statusDescription"], "200 OK", "what load balancers want")
    same(json.loads(answer["body"])["QUERY_STRING"], "x=a+b", "parameters as they were sent")

    answer = call(v2("/bytes"))
    same((answer["isBase64Encoded"], base64.b64decode(answer["body"])), (True, b"\x89PNG\xff"), "bytes")
    same(call(v2("/own"))["isBase64Encoded"], False, "a media type of one's own")
    same(call(v2("/write"))["body"], "first second", "the older way to write")
    answer = call(v2("/cookies"))
    same((answer["statusCode"], answer["cookies"]), (302, ["a=1", "b=2"]), "cookies of an HTTP API")
    answer = call(v1("/cookies"))
    same(answer["multiValueHeaders"]["Set-Cookie"], ["a=1", "b=2"], "cookies of a REST API")
    answer = call({**v1("/cookies"), "multiValueHeaders": None})
    cookies = {name: value for name, value in answer["headers"].items() if name.lower() == "set-cookie"}
    same(sorted(cookies.values()), ["a=1", "b=2"], "cookies where one value a name is taken")
    same(call({"source": "aws.events"}), {}, "a warmer's call")
    same(call({"_serverless-wsgi": {"command": "exec", "data": "print(6 * 7)"}}), [0, "42\n"], "exec")
    status, output = call({"_serverless-wsgi": {"command": "exec", "data": "raise SystemExit(3)"}})
    same((status, "SystemExit" in output), (1, True), "a command that fails")
    same(call({"_serverless-wsgi": {"command": "command", "data": "echo hi"}}), [0, "hi\n"], "command")


def framework():
    answer = call(v1("/hello/w%C3%B6rld", multiValueQueryStringParameters={"q": ["1", "2"]}))
    wanted = {"name": "w\u00f6rld", "q": ["1", "2"], "link": "/dev/hello/x"}
    same(json.loads(answer["body"]), wanted, "links hold the stage")
    answer = call(v2("/hello/a", query="q=1"))
    same(json.loads(answer["body"])["link"], "/hello/x", "links of an HTTP API")
    form = {"content-type": "application/x-www-form-urlencoded"}
    answer = call(v2("/form", "POST", body="name=J%C3%BCrgen", headers=form))
    same((answer["statusCode"], answer["body"]), (200, "hello J\u00fcrgen"), "a form")
    same([cookie.split(";")[0] for cookie in answer["cookies"]], ["a=1", "b=2"], "cookies")
    answer = call(v1("/away"))
    same((answer["statusCode"], answer["multiValueHeaders"]["Location"]), (302, ["/dev/hello/y"]), "a redirect")
    same(call(v2("/nowhere"))["statusCode"], 404, "what is not there")
    if kind == "django":
        status, output = call({"_serverless-wsgi": {"command": "manage", "data": "check"}})
        same((status, "no issues" in output), (0, True), "manage")


echo() if kind == "echo" else framework()
print("all hold")
