"""Calls AWS as Systems Manager Automation does: by botocore's names, with the answers botocore gives.

Reads {"service", "api", "input", "credentials", "url"} line by line, and answers each with {"answer"} or {"error": {"code", "message"}}.
"""
import json
import os
import sys

import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError, ParamValidationError

session = botocore.session.Session()
clients = {}


def client_of(service, credentials, url):
    key = (service, url, credentials and credentials["AccessKeyId"])
    if key not in clients:
        given = credentials or {"AccessKeyId": "testing", "SecretAccessKey": "testing", "SessionToken": None}
        clients[key] = session.create_client(
            service, region_name=os.environ["AWS_REGION"], endpoint_url=url,
            aws_access_key_id=given["AccessKeyId"], aws_secret_access_key=given["SecretAccessKey"], aws_session_token=given["SessionToken"],
            # One call is one call: a runbook's step says itself how often it tries.
            config=Config(retries={"total_max_attempts": 1}),
        )
    return clients[key]


def answer(asked):
    client = client_of(asked["service"], asked.get("credentials"), asked["url"])
    try:
        made = client._make_api_call(asked["api"], asked["input"])
    except ClientError as error:
        return {"error": {"code": error.response["Error"]["Code"], "message": error.response["Error"].get("Message", "")}}
    except ParamValidationError as error:
        return {"error": {"code": "ParamValidationError", "message": str(error)}}
    made.pop("ResponseMetadata", None)
    return {"answer": made}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line)), default=str), flush=True)
