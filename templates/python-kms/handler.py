import functools
import os

import boto3

# Made once per execution environment, so that warm calls are quick.
ssm = boto3.client("ssm")


@functools.lru_cache(maxsize=1)
def secret():
    answer = ssm.get_parameter(Name=os.environ["SECRET_NAME"], WithDecryption=True)
    return answer["Parameter"]["Value"]


def use_secret(event, context):
    return {"letters": len(secret())}
