"""Fills a local AWS with what the corpus expects there: `python3 seed.py ENDPOINT`.

By the protocols themselves, so that no SDK is needed. `SECRET` is the value that may turn up nowhere.
"""
import json
import sys
import urllib.parse
import urllib.request

endpoint = sys.argv[1]
REGION = "us-east-1"


def send(service, method, path, body, headers, region=REGION):
    request = urllib.request.Request(endpoint + path, data=body, method=method)
    scope = f"test/20260101/{region}/{service}/aws4_request"
    request.add_header(
        "Authorization",
        f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0",
    )
    for name, value in headers.items():
        request.add_header(name, value)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read()


def by_json(service, target, body):
    headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": target}
    return send(service, "POST", "/", json.dumps(body).encode(), headers)


def parameter(name, kind, value):
    body = {"Name": name, "Type": kind, "Value": value, "Overwrite": True}
    by_json("ssm", "AmazonSSM.PutParameter", body)


def put(bucket, key, text):
    headers = {"Content-Type": "text/plain"}
    send("s3", "PUT", f"/{bucket}/{key}", text.encode(), headers)


def stack(name, outputs):
    template = {
        "Resources": {"T": {"Type": "AWS::SNS::Topic"}},
        "Outputs": {key: {"Value": value} for key, value in outputs.items()},
    }
    form = {
        "Action": "CreateStack",
        "Version": "2010-05-15",
        "StackName": name,
        "TemplateBody": json.dumps(template),
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    send("cloudformation", "POST", "/", urllib.parse.urlencode(form).encode(), headers)


parameter("/a/b", "String", "val1")
parameter("/sec", "SecureString", "sec1-canary")
parameter("/list", "StringList", "x,y")
secret = {"Name": "S", "SecretString": json.dumps({"k": "v-canary"})}
by_json("secretsmanager", "secretsmanager.CreateSecret", secret)
send("s3", "PUT", "/bkt", b"", {})
put("bkt", "key.txt", "s3val")
put("bkt", "obj.json", '{"a":{"b":"deep"}}')
stack("other", {"Out": "outval"})
