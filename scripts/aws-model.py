#!/usr/bin/env python3
"""Derives the constraints of the AWS operations that the evaluator and the command line call from botocore's service models.

    python3 scripts/aws-model.py            writes test/support/aws-model.json
    python3 scripts/aws-model.py --check    fails when the committed file differs from what would be written
"""
import json
import pathlib
import sys

BOTOCORE = "1.43.11"
OPERATIONS = {
    "config": ["BatchGetResourceConfig", "GetComplianceDetailsByConfigRule", "GetResourceConfigHistory", "PutEvaluations"],
    "redshift-serverless": ["GetWorkgroup", "ListWorkgroups", "UpdateWorkgroup"],
    "ssm": ["GetAutomationExecution", "StartAutomationExecution"],
}
TARGET = pathlib.Path(__file__).resolve().parent.parent / "test" / "support" / "aws-model.json"
TAKEN = ("type", "required", "enum", "min", "max", "pattern", "timestampFormat")


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
    services = {}
    for service, operations in OPERATIONS.items():
        model = loader.load_service_model(service, "service-2")
        shapes, inputs, outputs = {}, {}, {}
        for operation in operations:
            described = model["operations"][operation]
            inputs[operation] = described["input"]["shape"]
            outputs[operation] = described["output"]["shape"]
            shapes_of(model, inputs[operation], shapes)
            shapes_of(model, outputs[operation], shapes)
        services[service] = {
            "apiVersion": model["metadata"]["apiVersion"],
            "targetPrefix": model["metadata"]["targetPrefix"],
            "jsonVersion": model["metadata"]["jsonVersion"],
            "operations": {operation: {"input": inputs[operation], "output": outputs[operation]} for operation in operations},
            "shapes": dict(sorted(shapes.items())),
        }
    return json.dumps({"source": f"botocore {BOTOCORE}", "services": services}, indent=1) + "\n"


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
