import json
import os

import boto3

sqs = boto3.client("sqs")


def submit(event, context):
    job = json.loads(event.get("body") or "{}")
    answer = sqs.send_message(QueueUrl=os.environ["QUEUE_URL"], MessageBody=json.dumps(job))
    return {"statusCode": 202, "body": json.dumps({"id": answer["MessageId"]})}


def work(event, context):
    failed = []
    for record in event["Records"]:
        try:
            do(json.loads(record["body"]))
        except Exception as problem:
            print(f"{record['messageId']}: {problem}")
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}


def do(job):
    print("Doing", job)
