"""A parent and its nested stacks as one template, so that two ways of dividing a service can be compared.

What crosses from one stack into another is followed to where it comes from: the names of parameters and outputs on
the way are each tool's own. What is left is each resource, with the nested stack that it is in, as it would be in one
stack. Which stack waits for which is compared whole, whether `DependsOn` says it or a value that is handed over.
"""
import json
import os
import re

STACK = "AWS::CloudFormation::Stack"


def file_name(stack):
    """The name of a nested stack's template, which is the plugin's."""
    name = stack.replace("NestedStack", "-nested-stack", 1)
    name = re.sub(r"nested-stack([0-9]+)$", r"nested-stack-\1", name)
    return f"cloudformation-template-{name}.json"


def read(parent, folder):
    """One template of a parent and the nested templates in a folder."""
    with open(parent) as file:
        parent = json.load(file)
    nested = {}
    for name, resource in parent["Resources"].items():
        if resource["Type"] == STACK:
            with open(os.path.join(folder, file_name(name))) as file:
                nested[name] = json.load(file)
    return united(parent, nested)


def united(parent, nested):
    follow = Follow(parent, nested)
    one = {"Resources": {}, "Outputs": follow.value(parent.get("Outputs", {}), None)}
    for id, resource in parent["Resources"].items():
        if id in nested:
            # Where its template lies and what is handed over are told by what is in it.
            waits = waits_for(parent["Resources"], id, set())
            one["Resources"][id] = {"Type": STACK, "WaitsFor": sorted(waits & set(nested))}
        else:
            one["Resources"][id] = follow.resource(resource, None)
    for stack, template in nested.items():
        for id, resource in template["Resources"].items():
            assert id not in one["Resources"], f"{id} is in two stacks"
            one["Resources"][id] = {"InStack": stack, **follow.resource(resource, stack)}
    return one


def waits_for(resources, id, seen):
    """All that a resource waits for, and what that waits for."""
    for other in named_in(resources[id]):
        if other in resources and other not in seen:
            seen.add(other)
            waits_for(resources, other, seen)
    return seen


def named_in(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "Ref":
                yield inner
            elif key == "Fn::GetAtt":
                yield inner[0] if isinstance(inner, list) else inner.split(".")[0]
            elif key == "DependsOn":
                yield from [inner] if isinstance(inner, str) else inner
            else:
                yield from named_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from named_in(inner)
    elif isinstance(value, str):
        yield from (name.split(".")[0] for name in re.findall(r"\$\{([^!}]+)\}", value))


class Follow:
    def __init__(self, parent, nested):
        self.parent, self.nested = parent, nested

    def resource(self, resource, stack):
        """A resource, with what it waits for in its own stack: waiting for another stack is the stacks' affair."""
        rest = {key: inner for key, inner in resource.items() if key != "DependsOn"}
        made = self.value(rest, stack)
        own = (self.nested[stack] if stack else self.parent)["Resources"]
        waits = resource.get("DependsOn", [])
        waits = [waits] if isinstance(waits, str) else waits
        waits = [id for id in waits if id in own and own[id]["Type"] != STACK]
        return {**made, "DependsOn": waits} if waits else made

    def value(self, value, stack):
        if isinstance(value, list):
            return [self.value(inner, stack) for inner in value]
        if not isinstance(value, dict):
            return value
        if set(value) == {"Fn::Sub"}:
            return self.text(value["Fn::Sub"], stack)
        if set(value) == {"Ref"} and stack:
            given = self.parent["Resources"][stack]["Properties"].get("Parameters", {})
            if value["Ref"] in given:
                return self.value(given[value["Ref"]], None)
        if set(value) == {"Fn::GetAtt"}:
            of, attribute = value["Fn::GetAtt"] if isinstance(value["Fn::GetAtt"], list) else value["Fn::GetAtt"].split(".", 1)
            if of in self.nested and not stack:
                output = self.nested[of]["Outputs"][attribute.removeprefix("Outputs.")]
                return self.value(output["Value"], of)
            return {"Fn::GetAtt": [of, attribute]}
        return {key: self.value(inner, stack) for key, inner in value.items()}

    def text(self, said, stack):
        """A text with its names in it, wherever they can stand there."""
        text, names = (said, {}) if isinstance(said, str) else said

        def one(match):
            name = match.group(1)
            if name.startswith("!"):
                return match.group(0)
            if name in names:
                value = self.value(names[name], stack)
            elif "." in name:
                value = self.value({"Fn::GetAtt": name.split(".", 1)}, stack)
            else:
                value = self.value({"Ref": name}, stack)
            if set(value) == {"Ref"}:
                return "${" + value["Ref"] + "}"
            if set(value) == {"Fn::GetAtt"}:
                return "${" + ".".join(value["Fn::GetAtt"]) + "}"
            return "${" + json.dumps(value, sort_keys=True) + "}"

        return {"Fn::Sub": re.sub(r"\$\{([^}]+)\}", one, text)}
