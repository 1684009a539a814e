"""Puts orders into the queue of the service beside this one."""

import json
import os

import boto3


def order(event, context):
    body = event.get("body") or "{}"
    boto3.client("sqs").send_message(QueueUrl=os.environ["QUEUE_URL"], MessageBody=body)
    return {"statusCode": 202, "body": json.dumps({"accepted": True})}
