import logging

logging.getLogger().setLevel(logging.INFO)


def run(event, context):
    logging.info("The job of %s begins", event.get("time", "now"))
    return {"done": True}
