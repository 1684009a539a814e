//! CloudFormation's short tags, in their long form: `!Ref x` is `{Ref: x}`, `!Sub x` is `{Fn::Sub: x}`.

use pilothouse_model::Span;

use super::node::{Content, Entry, Mapping, Node};

/// The functions that have a short tag.
const FUNCTIONS: &[&str] = &[
    "And",
    "Base64",
    "Cidr",
    "Equals",
    "FindInMap",
    "GetAtt",
    "GetAZs",
    "If",
    "ImportValue",
    "Join",
    "Length",
    "Not",
    "Or",
    "Select",
    "Split",
    "Sub",
    "ToJsonString",
    "Transform",
];

/// The long name of a short tag (given without its `!`), when there is one.
pub(super) fn long_name(short: &str) -> Option<String> {
    match short {
        "Ref" | "Condition" => Some(short.to_owned()),
        _ => FUNCTIONS.contains(&short).then(|| format!("Fn::{short}")),
    }
}

/// The long name of the function that a tag of the parser stands for; none for YAML's own tags.
pub(crate) fn function_of(tag: &saphyr_parser::Tag) -> Option<String> {
    if tag.is_yaml_core_schema() || tag.handle != "!" {
        return None;
    }
    long_name(&tag.suffix)
}

/// The value under its function's long name.
pub(super) fn wrap(long_name: String, tag: Span, node: Node) -> Node {
    let span = node.span.clone();
    let node = if long_name == "Fn::GetAtt" {
        split_attribute(node)
    } else {
        node
    };
    let mut mapping = Mapping::new();
    mapping.insert(long_name, Entry { key: tag, node });
    Node::new(span, Content::Mapping(mapping))
}

/// `Resource.Attribute` is a list of two: the attribute keeps its own dots.
fn split_attribute(node: Node) -> Node {
    let Content::Text(text) = &node.content else {
        return node;
    };
    let (resource, attribute) = text.split_once('.').unwrap_or((text, ""));
    let part = |text: &str| Node::new(node.span.clone(), Content::Text(text.to_owned()));
    let parts = vec![part(resource), part(attribute)];
    Node::new(node.span, Content::Sequence(parts))
}
