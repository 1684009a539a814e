"""Writes the table of resource types that templates are checked with.

    python3 scripts/resource_schemas.py SCHEMAS TYPES > src-tauri/crates/template/src/check/schemas.txt

SCHEMAS is the folder `cfnlint/data/schemas` of an installed `cfn-lint` (PyPI, MIT-0), which holds AWS's public
resource schemas; TYPES is a file with one type a line. One line a type: its name, whether other properties than
the listed ones are refused (`closed`) or not (`open`), then its properties. `!` marks a required one, `=` one that
can only be read; the letter after the colon is its form: s text, i number, b true or false, a list, o mapping,
* anything.
"""

import json
import pathlib
import sys

FORMS = {"string": "s", "integer": "i", "number": "i", "boolean": "b", "array": "a", "object": "o"}


def form(schema, whole):
    for _ in range(8):
        if "$ref" not in schema:
            break
        node = whole
        for part in schema["$ref"].lstrip("#/").split("/"):
            node = node[part]
        schema = node
    kind = schema.get("type")
    if isinstance(kind, str) and not {"oneOf", "anyOf", "allOf"} & schema.keys():
        return FORMS.get(kind, "*")
    return "*"


def line(schema):
    read_only = {path.split("/")[2] for path in schema.get("readOnlyProperties", []) if path.count("/") == 2}
    nested = {path.split("/")[2] for path in schema.get("readOnlyProperties", []) if path.count("/") > 2}
    required = set(schema.get("required", []))
    words = []
    for name, inner in sorted(schema.get("properties", {}).items()):
        mark = "=" if name in read_only else "!" if name in required and name not in nested else ""
        words.append(f"{mark}{name}:{form(inner, schema)}")
    state = "open" if schema.get("additionalProperties", True) else "closed"
    return " ".join([schema["typeName"], state, *words])


def main():
    folder = pathlib.Path(sys.argv[1])
    index = json.loads((folder / "providers/us-east-1.json").read_text())
    date = json.loads((folder / "version.json").read_text())["schema_date"][:10]
    print(f"# AWS's public resource schemas of {date}, from cfn-lint (MIT-0); made by scripts/resource_schemas.py")
    for kind in sorted(set(pathlib.Path(sys.argv[2]).read_text().split())):
        if kind in index and kind != "AWS::CloudFormation::CustomResource":
            print(line(json.loads((folder / f"resources/{index[kind]}.json").read_text())))


main()
