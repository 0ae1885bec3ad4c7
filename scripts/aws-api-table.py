#!/usr/bin/env python3
"""Derives from botocore's service models what `perimeter validate-runbook` knows of the APIs that runbooks call.

    python3 scripts/aws-api-table.py            writes deployment/tables/aws-api-data.json
    python3 scripts/aws-api-table.py --check    fails when the committed file differs from what would be written
"""
import json
import pathlib
import re
import sys

BOTOCORE = "1.43.11"
# Known with their members; of every other operation of these services the name alone.
OPERATIONS = {
    "config": ["ListDiscoveredResources"],
    "dynamodb": ["DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"],
    "ec2": ["DescribeRouteTables", "DescribeSecurityGroups", "DescribeSubnets", "DescribeVpcEndpoints", "ModifyVpcEndpoint"],
    "iam": ["GetRole", "SimulatePrincipalPolicy", "UpdateAssumeRolePolicy"],
    "lambda": ["GetFunction", "GetFunctionConfiguration", "ListAliases", "ListVersionsByFunction", "UpdateFunctionConfiguration"],
    "rds": ["DescribeDBClusters", "DescribeDBInstances", "ModifyDBInstance"],
    "redshift": ["DescribeClusters", "ModifyCluster"],
    "redshift-serverless": ["GetWorkgroup", "ListWorkgroups", "UpdateWorkgroup"],
    "ssm": ["GetCalendarState", "GetParameter"],
    "sts": ["GetCallerIdentity"],
}
# Where the authorization prefix is neither the service's name nor that which requests are signed for.
# https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
PREFIXES = {
    "cloudcontrol": "cloudformation", "cloudwatch": "cloudwatch", "iot-data": "iot", "iot-jobs-data": "iot", "iotevents-data": "iotevents",
    "iotsecuretunneling": "iot", "resourcegroupstaggingapi": "tag", "sso": "sso",
}
NAME = "deployment/tables/aws-api-data.json"
TARGET = pathlib.Path(__file__).resolve().parent.parent / NAME
TAKEN = ("type", "required", "enum", "min", "max", "pattern")


def fail(message):
    print(f"aws-api-table: {message}", file=sys.stderr)
    sys.exit(1)


def shapes_of(model, name, into):
    """Adds the shape and all it refers to; a shape may refer to itself."""
    if name in into:
        return
    shape = model["shapes"][name]
    into[name] = taken = {key: shape[key] for key in TAKEN if key in shape}
    if "members" in shape:
        taken["members"] = {member: reference["shape"] for member, reference in shape["members"].items()}
        # The client fills these in by itself.
        filled = [member for member, reference in shape["members"].items() if reference.get("idempotencyToken")]
        required = [member for member in taken.pop("required", []) if member not in filled]
        if required:
            taken["required"] = required
    for part in ("member", "key", "value"):
        if part in shape:
            taken[part] = shape[part]["shape"]
    for reference in [*taken.get("members", {}).values(), *(taken[part] for part in ("member", "key", "value") if part in taken)]:
        shapes_of(model, reference, into)


def streams(model, operation):
    """Whether a request or an answer is a stream, as botocore tells: by its traits, or since its whole body is a blob."""
    for side in ("input", "output"):
        if side not in operation:
            continue
        shape = model["shapes"][operation[side]["shape"]]
        for member, reference in shape.get("members", {}).items():
            target = model["shapes"][reference["shape"]]
            if any(part.get(trait) for part in (reference, target) for trait in ("streaming", "eventstream")):
                return True
            if shape.get("payload") == member and target["type"] == "blob":
                return True
    return False


def method_of(name):
    """boto3's method by the rule alone, without botocore's list of exceptions."""
    plural = re.search("[A-Z]{2,}s$", name)
    if plural:
        name = f"{name[:-len(plural.group())]}_{plural.group().lower()}"
    return re.sub("([a-z0-9])([A-Z])", r"\1_\2", re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)).lower()


def derive():
    try:
        import botocore
        from botocore import xform_name
        from botocore.loaders import Loader
    except ImportError:
        fail(f"botocore is missing; run: python3 -m pip install botocore=={BOTOCORE}")
    if botocore.__version__ != BOTOCORE:
        fail(f"botocore is {botocore.__version__}, expected {BOTOCORE}; run: python3 -m pip install botocore=={BOTOCORE}")
    # Only the models that came with this version: a loader also takes those of ~/.aws/models.
    loader = Loader(include_default_search_paths=False, extra_search_paths=[Loader.BUILTIN_DATA_PATH])
    names, streaming, prefixes, services = loader.list_available_services("service-2"), {}, {}, {}
    for service in names:
        model = loader.load_service_model(service, "service-2")
        found = sorted(name for name, operation in model["operations"].items() if streams(model, operation))
        if found:
            streaming[service] = " ".join(found)
        metadata = model["metadata"]
        prefix = PREFIXES.get(service, metadata.get("signingName", metadata["endpointPrefix"]))
        if prefix != service:
            prefixes[service] = prefix
        if service not in OPERATIONS:
            continue
        odd = [name for name in model["operations"] if method_of(name) != xform_name(name)]
        if odd:
            fail(f"{service}: the method of {', '.join(odd)} does not follow from the name; teach deployment/runbook-checks/operations.ts")
        shapes, operations = {}, {}
        for name in OPERATIONS[service]:
            operation = model["operations"][name]
            operations[name] = {side: operation[side]["shape"] for side in ("input", "output") if side in operation}
            for shape in operations[name].values():
                shapes_of(model, shape, shapes)
        services[service] = {"names": " ".join(sorted(model["operations"])), "operations": operations, "shapes": shapes}
    compact = lambda value: json.dumps(value, separators=(",", ":"))
    lines = ["{", f' "source": "botocore {BOTOCORE}",', f' "known": {compact(" ".join(names))},', f' "streaming": {compact(streaming)},', f' "prefixes": {compact(prefixes)},', ' "services": {']
    for last, (name, service) in enumerate(sorted(services.items()), 1 - len(services)):
        lines += [f'  "{name}": {{', f'   "names": {compact(service["names"])},', f'   "operations": {compact(service["operations"])},', '   "shapes": {']
        lines += [",\n".join(f'    "{shape}": {compact(described)}' for shape, described in sorted(service["shapes"].items()))]
        lines += ["   }", "  }" if last == 0 else "  },"]
    written = "\n".join([*lines, " }", "}", ""])
    json.loads(written)
    return written


def main(arguments):
    if arguments not in ([], ["--check"]):
        fail("expected no argument or `--check`")
    written = derive()
    if arguments == ["--check"]:
        if not TARGET.exists() or TARGET.read_text() != written:
            fail(f"{NAME} differs from botocore's models; run: python3 scripts/aws-api-table.py")
        print(f"{NAME} matches botocore {BOTOCORE}")
    else:
        TARGET.write_text(written)
        print(f"wrote {NAME} from botocore {BOTOCORE}")


main(sys.argv[1:])
