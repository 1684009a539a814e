//! Values against single shapes: whether they fit, what they would have to be, and how they are brought there.

use super::{Shape, intrinsics};
use crate::document::{Content, Node};

pub(super) fn is_empty(node: &Node) -> bool {
    match &node.content {
        Content::Null => true,
        Content::Sequence(nodes) => nodes.is_empty(),
        Content::Mapping(entries) => entries.is_empty(),
        _ => false,
    }
}

/// Whether a value looks like what a shape wants, so that its finer faults are worth telling.
pub(super) fn is_kind(node: &Node, shape: &Shape) -> bool {
    match shape {
        Shape::Keys(..)
        | Shape::Named(_)
        | Shape::NamedBy(..)
        | Shape::AnyMapping
        | Shape::Event(_) => node.as_mapping().is_some(),
        Shape::Function | Shape::FunctionOf(_) => intrinsics::is_function(node),
        Shape::List(_) => node.as_sequence().is_some(),
        Shape::Truth => matches!(node.content, Content::Bool(_)),
        Shape::Whole(..) | Shape::WholeOf(_) => matches!(node.content, Content::Number(_)),
        Shape::Either(shapes) => shapes.iter().any(|shape| is_kind(node, shape)),
        Shape::Anything => true,
        Shape::Text | Shape::TextBy(_) | Shape::Word(_) | Shape::WordAnyCase(_) => {
            node.to_text().is_some()
        }
    }
}

/// Brings a value to the type that is wanted, where Serverless does so too.
pub(super) fn adapt(node: &mut Node, shape: &Shape) {
    let wants_scalar = matches!(
        shape,
        Shape::Text
            | Shape::TextBy(_)
            | Shape::Word(_)
            | Shape::WordAnyCase(_)
            | Shape::Truth
            | Shape::Whole(..)
            | Shape::WholeOf(_)
    );
    if wants_scalar {
        take_only(node);
    }
    let text = node.to_text();
    match (shape, text) {
        (Shape::Text | Shape::TextBy(_) | Shape::Word(_) | Shape::WordAnyCase(_), Some(text)) => {
            node.content = Content::Text(text);
        }
        (Shape::Truth, Some(text)) => match text.as_str() {
            "true" | "1" => node.content = Content::Bool(true),
            "false" | "0" => node.content = Content::Bool(false),
            _ => {}
        },
        (Shape::Whole(..) | Shape::WholeOf(_), Some(text)) => {
            if let Some(number) = crate::document::number(text.trim()) {
                node.content = Content::Number(number);
            }
        }
        (Shape::List(_), Some(_)) => {
            let only = node.clone();
            node.content = Content::Sequence(vec![only]);
        }
        _ => {}
    }
}

/// A list of one scalar becomes that scalar.
fn take_only(node: &mut Node) {
    if let Content::Sequence(nodes) = &mut node.content
        && nodes.len() == 1
        && nodes.first().is_some_and(|node| node.to_text().is_some())
        && let Some(only) = nodes.pop()
    {
        *node = only;
    }
}

/// What a simple shape wants, when a value is not that.
pub(super) fn unmet(node: &Node, shape: &Shape) -> Option<String> {
    let text = node.as_text();
    let whole = match &node.content {
        Content::Number(number) => number.as_i64(),
        _ => None,
    };
    let met = match shape {
        Shape::Text => text.is_some(),
        Shape::TextBy(rule) => text.is_some_and(rule.holds),
        Shape::Word(words) => text.is_some_and(|text| words.contains(&text)),
        Shape::WordAnyCase(words) => {
            text.is_some_and(|text| words.iter().any(|word| word.eq_ignore_ascii_case(text)))
        }
        Shape::Truth => matches!(node.content, Content::Bool(_)),
        Shape::Whole(least, most) => whole.is_some_and(|n| (least..=most).contains(&&n)),
        Shape::WholeOf(numbers) => whole.is_some_and(|n| numbers.contains(&n)),
        Shape::AnyMapping => node.as_mapping().is_some(),
        Shape::Function => intrinsics::is_whole(node),
        Shape::FunctionOf(names) => intrinsics::is_one_of(node, names),
        _ => true,
    };
    (!met).then(|| said(shape))
}

/// More than these are no sentence; `explain` lists them.
const MOST_WORDS: usize = 12;

pub(crate) fn said(shape: &Shape) -> String {
    match shape {
        Shape::Anything => "anything".to_owned(),
        Shape::Text => "a text".to_owned(),
        Shape::TextBy(rule) => rule.wants.to_owned(),
        Shape::Word(words) | Shape::WordAnyCase(words) => match words {
            [one] => format!("`{one}`"),
            [one, two, three, ..] if words.len() > MOST_WORDS => {
                format!(
                    "one of {} words such as {one}, {two} and {three}",
                    words.len()
                )
            }
            _ => format!("one of {}", words.join(", ")),
        },
        Shape::Truth => "true or false".to_owned(),
        Shape::Whole(least, most) => format!("a whole number from {least} to {most}"),
        Shape::WholeOf(numbers) => {
            let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
            format!("one of {}", numbers.join(", "))
        }
        Shape::List(_) => "a list".to_owned(),
        Shape::Keys(..) | Shape::Named(_) | Shape::NamedBy(..) | Shape::AnyMapping => {
            "a mapping".to_owned()
        }
        Shape::Function => "a CloudFormation function".to_owned(),
        Shape::FunctionOf(names) => format!("`{}`", names.join("` or `")),
        Shape::Either(shapes) => shapes.iter().map(said).collect::<Vec<_>>().join(" or "),
        Shape::Event(_) => "an event".to_owned(),
    }
}
