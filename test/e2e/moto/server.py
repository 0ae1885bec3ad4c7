"""moto's server, but for four things: the filter of AWS that it lacks and our planner uses, DescribeVpcEndpoints by
`vpc-endpoint-id`; the `RevisionId` of functions; stacks (stacks.py); and signatures, which it computes wrongly for Lambda.
Permissions are checked by the access key all the same.
"""
import sys
import uuid

from moto.awslambda.models import LambdaFunction
from moto.ec2.models.vpcs import VPCEndPoint
from moto.iam.access_control import IAMRequestBase
from moto.server import main

import stacks

known = VPCEndPoint.get_filter_value


def get_filter_value(self, filter_name, method_name=None):
    return self.id if filter_name == "vpc-endpoint-id" else known(self, filter_name, method_name)


configuration = LambdaFunction.get_configuration


def get_configuration(self, *given, **named):
    made = configuration(self, *given, **named)
    return {**made, "RevisionId": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{made['FunctionArn']} {made.get('VpcConfig')}"))}


VPCEndPoint.get_filter_value = get_filter_value
LambdaFunction.get_configuration = get_configuration
stacks.mend()
IAMRequestBase.check_signature = lambda self, *_: None
main(sys.argv[1:])
