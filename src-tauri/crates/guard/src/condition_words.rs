//! Conditions in words.

use crate::condition::{Comparison, Operator, Order, Set};
use crate::names::{self, Names};
use crate::policy::Condition;
use crate::text::{Text, Texts};
use crate::words::resource;

/// A condition as the end of a sentence, with the blank before it; nothing when there is none.
pub(crate) fn in_words(condition: &Condition, names: &Names) -> String {
    let tests = match condition {
        Condition::All(tests) => tests,
        Condition::Unresolved(value) => {
            return format!(", under conditions that CloudFormation fills in ({value})");
        }
    };
    let each = tests.iter().flat_map(|test| {
        test.keys
            .iter()
            .map(|(key, values)| one(test.operator, key, values, names))
    });
    let told: Vec<String> = each.collect();
    if told.is_empty() {
        String::new()
    } else {
        format!(", {}", told.join(", "))
    }
}

fn one(operator: Operator, key: &str, values: &Texts, names: &Names) -> String {
    let plain = operator.set.is_none() && !operator.if_exists && !operator.is_negated();
    let known = |word: fn(&str, &Names) -> String| {
        let each = values.items.iter().map(|text| {
            text.known()
                .map_or_else(|| text.in_words(), |known| word(&known, names))
        });
        either(&each.collect::<Vec<_>>())
    };
    let holds = |text: &str| {
        values.items == [Text::from(text)]
            || values.all_known().is_some_and(|values| values == [text])
    };
    match key.to_ascii_lowercase().as_str() {
        "kms:viaservice" if plain => {
            format!("through {} only", known(|text, _| names::service(text)))
        }
        "kms:calleraccount" | "aws:principalaccount" if plain => {
            format!("from the account {} only", known(|text, _| text.to_owned()))
        }
        "kms:encryptioncontext:parameter_arn" if plain => {
            format!("for {} only", known(|text, _| resource(text)))
        }
        "kms:grantisforawsresource" if plain && holds("true") => {
            "for resources of AWS only".to_owned()
        }
        "aws:multifactorauthpresent" if plain && holds("true") => "with MFA only".to_owned(),
        "aws:securetransport" if plain && holds("false") => {
            "over an unencrypted connection".to_owned()
        }
        "aws:sourceip" if plain => format!("from {} only", known(|text, _| text.to_owned())),
        "aws:principalarn" if plain => format!("as {} only", known(names::principal)),
        "aws:principalorgid" if plain => format!(
            "from the organisation {} only",
            known(|text, _| text.to_owned())
        ),
        _ => general(operator, key, values),
    }
}

/// Any condition, by its key.
fn general(operator: Operator, key: &str, values: &Texts) -> String {
    let values: Vec<String> = values
        .items
        .iter()
        .map(|text| {
            text.known()
                .map_or_else(|| text.in_words(), |known| format!("`{known}`"))
        })
        .collect();
    if operator.comparison == Comparison::Null {
        let told = match values.as_slice() {
            [one] if one == "`true`" => "is absent".to_owned(),
            [one] if one == "`false`" => "is there".to_owned(),
            _ => format!("is absent or there, as {} says", names::list(&values)),
        };
        return format!("when `{key}` {told}");
    }
    let subject = match operator.set {
        Some(Set::ForAllValues) => format!("every value of `{key}`"),
        Some(Set::ForAnyValue) => format!("some value of `{key}`"),
        None => format!("`{key}`"),
    };
    let ending = if operator.if_exists {
        ", if it is there,"
    } else {
        ""
    };
    let values = if operator.is_negated() {
        neither(&values)
    } else {
        either(&values)
    };
    format!(
        "when {subject}{ending} {} {values}",
        verb(operator.comparison)
    )
}

const fn verb(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::String {
            not: false,
            ignore_case: false,
        }
        | Comparison::Bool
        | Comparison::Binary => "is",
        Comparison::String {
            not: true,
            ignore_case: false,
        } => "is not",
        Comparison::String {
            not: false,
            ignore_case: true,
        } => "is, in any case of letters,",
        Comparison::String {
            not: true,
            ignore_case: true,
        } => "is not, in any case of letters,",
        Comparison::Like { not: false } | Comparison::Arn { not: false, .. } => "is like",
        Comparison::Like { not: true } | Comparison::Arn { not: true, .. } => "is not like",
        Comparison::Ip { not: false } => "is in",
        Comparison::Ip { not: true } => "is not in",
        Comparison::Null => "is absent:",
        Comparison::Numeric(order) => match order {
            Order::Equals => "is",
            Order::NotEquals => "is not",
            Order::LessThan => "is less than",
            Order::LessThanEquals => "is at most",
            Order::GreaterThan => "is more than",
            Order::GreaterThanEquals => "is at least",
        },
        Comparison::Date(order) => match order {
            Order::Equals => "is",
            Order::NotEquals => "is not",
            Order::LessThan => "is before",
            Order::LessThanEquals => "is not after",
            Order::GreaterThan => "is after",
            Order::GreaterThanEquals => "is not before",
        },
    }
}

fn either(items: &[String]) -> String {
    joined(items, "or")
}

fn neither(items: &[String]) -> String {
    joined(items, "nor")
}

fn joined(items: &[String], word: &str) -> String {
    match items {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}
