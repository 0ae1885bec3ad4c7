"""moto's server, with the one filter of AWS that it lacks and our planner uses: DescribeVpcEndpoints by `vpc-endpoint-id`."""
import sys

from moto.ec2.models.vpcs import VPCEndPoint
from moto.server import main

known = VPCEndPoint.get_filter_value


def get_filter_value(self, filter_name, method_name=None):
    return self.id if filter_name == "vpc-endpoint-id" else known(self, filter_name, method_name)


VPCEndPoint.get_filter_value = get_filter_value
main(sys.argv[1:])
