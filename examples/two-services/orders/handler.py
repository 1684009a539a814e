"""Takes orders from the queue."""


def keep(event, context):
    for record in event["Records"]:
        print("order:", record["body"])
