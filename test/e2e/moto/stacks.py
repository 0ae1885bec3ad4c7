"""What moto's CloudFormation gets wrong of our stacks, mended: `AWS::NoValue` leaves a hole in a list; DescribeStacks tells a list in
Python's spelling; policies of roles stay objects, which its IAM cannot read; code that stands in a template becomes index.py, also
for Node.js; and Lambda tells no place to fetch it from.
"""
import base64
import io
import json
import zipfile

from moto.awslambda.models import LambdaFunction
from moto.cloudformation import parsing
from moto.cloudformation.models import Stack
from moto.iam.models import Role

resolve = parsing.clean_json


def clean_json(resource_json, resources_map):
    made = resolve(resource_json, resources_map)
    return [one for one in made if one is not None] if isinstance(made, list) else made


parameters = Stack.parameter_list.fget


def parameter_list(self):
    return [
        {**one, "ParameterValue": ",".join(one["ParameterValue"])} if isinstance(one["ParameterValue"], list) else one
        for one in parameters(self)
    ]


put = Role.put_policy


def put_policy(self, policy_name, policy_json):
    put(self, policy_name, policy_json if isinstance(policy_json, str) else json.dumps(policy_json))


def package(code):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("index.js", code)
    return written.getvalue()


describe = LambdaFunction.get_code


def get_code(self):
    place = f"data:application/zip;base64,{base64.b64encode(self.code_bytes).decode()}"
    made = describe(self)
    return {**made, "Code": {**made.get("Code", {}), "Location": place}}


def mend():
    parsing.clean_json = clean_json
    Stack.parameter_list = property(parameter_list)
    Role.put_policy = put_policy
    LambdaFunction._create_zipfile_from_plaintext_code = staticmethod(package)
    LambdaFunction.get_code = get_code
