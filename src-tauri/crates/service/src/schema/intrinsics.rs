//! CloudFormation functions where a value may be one: that they are one, and that they are given what they take.

use crate::document::Node;

/// Whether a value is a CloudFormation function, by its name alone.
pub(crate) fn is_function(node: &Node) -> bool {
    named(node).is_some()
}

/// Whether it is one and has what it takes.
pub(super) fn is_whole(node: &Node) -> bool {
    named(node).is_some_and(|(name, argument)| takes(name, argument))
}

/// Whether it is one of some, and has what it takes.
pub(super) fn is_one_of(node: &Node, names: &[&str]) -> bool {
    named(node).is_some_and(|(name, argument)| names.contains(&name) && takes(name, argument))
}

fn named(node: &Node) -> Option<(&str, &Node)> {
    let entries = node.as_mapping()?;
    let (name, entry) = entries.iter().next().filter(|_| entries.len() == 1)?;
    let known = name == "Ref" || name == "Condition" || name.starts_with("Fn::");
    known.then_some((name.as_str(), &entry.node))
}

/// What a function takes that was not given that.
pub(super) fn takes_instead(node: &Node) -> Option<String> {
    let (name, argument) = named(node)?;
    let (_, form, _) = known(name).filter(|(_, _, holds)| !holds(argument))?;
    Some(format!("`{name}` takes {form}"))
}

fn takes(name: &str, argument: &Node) -> bool {
    known(name).is_none_or(|(_, _, holds)| holds(argument))
}

/// A function, what it takes, and whether a value is that.
type Form = (&'static str, &'static str, fn(&Node) -> bool);

fn known(name: &str) -> Option<&'static Form> {
    FORMS.iter().find(|(known, ..)| *known == name)
}

/// As CloudFormation's reference of intrinsic functions has it; one that is not here takes anything.
const FORMS: &[Form] = &[
    ("Ref", "a name", is_text),
    ("Condition", "a name", is_text),
    ("Fn::GetAtt", "`[resource, attribute]`", |node| {
        each(node, 2, 2, is_text_or_function)
            || node.as_text().is_some_and(|text| text.contains('.'))
    }),
    ("Fn::Join", "`[delimiter, [values]]`", |node| {
        items(node, 2, 2)
    }),
    ("Fn::Split", "`[delimiter, text]`", |node| {
        each(node, 2, 2, is_text_or_function)
    }),
    ("Fn::Select", "`[index, [values]]`", |node| {
        items(node, 2, 2)
    }),
    ("Fn::FindInMap", "`[map, key, second key]`", |node| {
        items(node, 3, 4)
    }),
    ("Fn::If", "`[condition, then, else]`", |node| {
        items(node, 3, 3)
    }),
    ("Fn::Sub", "a text, or `[text, {name: value}]`", |node| {
        is_text(node) || items(node, 2, 2)
    }),
    ("Fn::Cidr", "`[block, count, bits]`", |node| {
        items(node, 2, 3)
    }),
    ("Fn::ImportValue", "the name of an export", |node| {
        !node.is_null()
    }),
    ("Fn::Base64", "a text", |node| !node.is_null()),
];

fn is_text(node: &Node) -> bool {
    node.to_text().is_some_and(|text| !text.is_empty())
}

fn items(node: &Node, least: usize, most: usize) -> bool {
    node.as_sequence()
        .is_some_and(|items| (least..=most).contains(&items.len()))
}

fn each(node: &Node, least: usize, most: usize, holds: fn(&Node) -> bool) -> bool {
    items(node, least, most)
        && node
            .as_sequence()
            .is_some_and(|items| items.iter().all(holds))
}

fn is_text_or_function(node: &Node) -> bool {
    node.to_text().is_some() || is_function(node)
}
