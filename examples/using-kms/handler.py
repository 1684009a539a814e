"""Reads a SecureString with the function's own execution role.

No caller sends credentials: whoever may call the endpoint is decided by IAM (`authorizer: aws_iam`), and what
the function may read is decided by its role.
"""

import os

import boto3

# Made once per execution environment, so that a warm call costs one request.
ssm = boto3.client("ssm")


def get_secret(event, context):
    answer = ssm.get_parameter(Name=os.environ["SECRET_NAME"], WithDecryption=True)
    # Behind `integration: lambda` the return value is the body, and the headers are those of serverless.yml.
    return answer["Parameter"]["Value"]
