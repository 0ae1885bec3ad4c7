#!/usr/bin/env python3
"""Derives the constraints of the AWS operations that the functions and the command line call from botocore's service models.

    python3 scripts/aws-model.py            writes test/support/aws-model.json
    python3 scripts/aws-model.py --check    fails when the committed file differs from what would be written
"""
import json
import pathlib
import sys

BOTOCORE = "1.43.11"
OPERATIONS = {
    "cloudformation": [
        "CreateChangeSet", "CreateStackInstances", "CreateStackSet", "DeleteChangeSet", "DeleteStack", "DeleteStackInstances", "DeleteStackSet", "DescribeChangeSet", "DescribeOrganizationsAccess",
        "DescribeStackEvents", "DescribeStackSet", "DescribeStackSetOperation", "DescribeStacks", "ExecuteChangeSet", "GetTemplate", "ListStackInstances", "ListStackSetOperationResults",
        "ListStackSetOperations", "UpdateStackInstances", "UpdateStackSet",
    ],
    "config": [
        "BatchGetResourceConfig", "DescribeConfigRules", "DescribeConfigurationRecorderStatus", "DescribeConfigurationRecorders", "DescribeConformancePackStatus", "DescribeConformancePacks",
        "DescribeDeliveryChannels", "DescribeOrganizationConformancePackStatuses", "DescribeOrganizationConformancePacks", "GetAggregateDiscoveredResourceCounts", "GetComplianceDetailsByConfigRule",
        "GetDiscoveredResourceCounts", "GetOrganizationConformancePackDetailedStatus", "GetResourceConfigHistory", "PutEvaluations", "StartConfigRulesEvaluation",
    ],
    "dynamodb": ["GetItem", "PutItem"],
    "iam": ["GetAccountSummary"],
    "lambda": ["GetAccountSettings", "GetFunction", "GetFunctionConfiguration"],
    "organizations": [
        "DescribeOrganization", "DescribePolicy", "ListAWSServiceAccessForOrganization", "ListAccounts", "ListAccountsForParent", "ListDelegatedAdministrators", "ListDelegatedServicesForAccount",
        "ListOrganizationalUnitsForParent", "ListParents", "ListPolicies", "ListPoliciesForTarget", "ListRoots", "ListTargetsForPolicy",
    ],
    "redshift-serverless": ["GetWorkgroup", "ListWorkgroups", "UpdateWorkgroup"],
    "s3": ["DeleteBucket", "DeleteObjects", "GetObject", "HeadBucket", "HeadObject", "ListObjectVersions", "PutObject"],
    "service-quotas": ["GetAWSDefaultServiceQuota", "GetServiceQuota", "ListServiceQuotas"],
    "ssm": ["DeleteParameter", "GetAutomationExecution", "GetParameter", "ListDocuments", "PutParameter", "StartAutomationExecution"],
    "sts": ["AssumeRole", "GetCallerIdentity"],
}
TARGET = pathlib.Path(__file__).resolve().parent.parent / "test" / "support" / "aws-model.json"
TAKEN = ("type", "required", "enum", "min", "max", "pattern", "timestampFormat", "payload", "flattened", "error")
# Services whose errors tests play by name.
WITH_ERRORS = ("config", "organizations", "service-quotas", "ssm")
# Where a member stands on the wire when that is not the body, or not under its own name.
PLACED = ("location", "locationName", "flattened", "streaming")


def fail(message):
    print(f"aws-model: {message}", file=sys.stderr)
    sys.exit(1)


def shapes_of(model, name, into):
    """Adds the shape and all it refers to. Reads the model as text, so that what botocore leaves out of its objects stays."""
    if name in into:
        return
    shape = model["shapes"][name]
    into[name] = taken = {key: shape[key] for key in TAKEN if key in shape}
    if "members" in shape:
        taken["members"] = {member: reference["shape"] for member, reference in shape["members"].items()}
        placed = {member: {key: reference[key] for key in PLACED if key in reference and reference[key] != member} for member, reference in shape["members"].items()}
        if any(placed.values()):
            taken["placed"] = {member: place for member, place in placed.items() if place}
    if shape["type"] == "list" and "locationName" in shape["member"]:
        taken["itemName"] = shape["member"]["locationName"]
    for part in ("member", "key", "value"):
        if part in shape:
            taken[part] = shape[part]["shape"]
    for reference in [*taken.get("members", {}).values(), *(taken[part] for part in ("member", "key", "value") if part in taken)]:
        shapes_of(model, reference, into)


def derive():
    try:
        import botocore
        from botocore.loaders import Loader
    except ImportError:
        fail(f"botocore is missing; run: python3 -m pip install botocore=={BOTOCORE}")
    if botocore.__version__ != BOTOCORE:
        fail(f"botocore is {botocore.__version__}, expected {BOTOCORE}; run: python3 -m pip install botocore=={BOTOCORE}")
    # Only the models that came with this version: a loader also takes those of ~/.aws/models.
    loader = Loader(include_default_search_paths=False, extra_search_paths=[Loader.BUILTIN_DATA_PATH])
    services, owners = {}, {}
    for service, operations in OPERATIONS.items():
        model = loader.load_service_model(service, "service-2")
        metadata, shapes, taken = model["metadata"], {}, {}
        for operation in operations:
            described = model["operations"][operation]
            # Tests and violations name an operation without its service.
            if operation in owners:
                fail(f"`{operation}` is an operation of {owners[operation]} and of {service}")
            owners[operation] = service
            taken[operation] = {direction: described[direction]["shape"] for direction in ("input", "output") if direction in described}
            if "resultWrapper" in described.get("output", {}):
                taken[operation]["wrapper"] = described["output"]["resultWrapper"]
            if metadata["protocol"].startswith("rest-"):
                taken[operation]["http"] = {key: described["http"][key] for key in ("method", "requestUri")}
            errors = [error["shape"] for error in described.get("errors", [])]
            if metadata["protocol"] != "json" or service in WITH_ERRORS:
                taken[operation]["errors"] = errors
                for error in errors:
                    shapes[error] = {"type": "structure", **({"error": model["shapes"][error]["error"]} if "error" in model["shapes"][error] else {})}
            for shape in (taken[operation].get("input"), taken[operation].get("output")):
                if shape is not None:
                    shapes_of(model, shape, shapes)
        services[service] = {
            **{key: metadata[key] for key in ("apiVersion", "protocol", "targetPrefix", "jsonVersion", "xmlNamespace") if key in metadata},
            "signingName": metadata.get("signingName", metadata["endpointPrefix"]),
            "operations": taken,
            "shapes": dict(sorted(shapes.items())),
        }
    return text_of({"source": f"botocore {BOTOCORE}", "services": services}) + "\n"


def text_of(value, depth=0):
    """JSON with a line for each operation and each shape, so that a change of the model reads as one."""
    if depth == 4 or not isinstance(value, dict):
        return json.dumps(value)
    lines = ",\n".join(f"{' ' * (depth + 1)}{json.dumps(key)}: {text_of(held, depth + 1)}" for key, held in value.items())
    return f"{{\n{lines}\n{' ' * depth}}}"


def main(arguments):
    if arguments not in ([], ["--check"]):
        fail("expected no argument or `--check`")
    written = derive()
    if arguments == ["--check"]:
        if not TARGET.exists() or TARGET.read_text() != written:
            fail("test/support/aws-model.json differs from botocore's models; run: python3 scripts/aws-model.py")
        print(f"test/support/aws-model.json matches botocore {BOTOCORE}")
    else:
        TARGET.write_text(written)
        print(f"wrote test/support/aws-model.json from botocore {BOTOCORE}")


main(sys.argv[1:])
