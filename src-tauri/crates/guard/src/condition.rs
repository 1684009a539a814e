//! Condition operators: their names, and what they say of a request.

use std::fmt;
use std::str::FromStr;

use crate::compare;
use crate::context::{Context, Held};
use crate::matching::{Pattern, Reading};
use crate::policy::{Condition, Test};
use crate::text::{Text, Texts};
use crate::truth::Truth;

/// How the values of a key of several values are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// Every value of the request must fit; true of none.
    ForAllValues,
    /// One value of the request must fit; false of none.
    ForAnyValue,
}

/// An order of numbers or moments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The same.
    Equals,
    /// Not the same.
    NotEquals,
    /// Before.
    LessThan,
    /// Before or the same.
    LessThanEquals,
    /// After.
    GreaterThan,
    /// After or the same.
    GreaterThanEquals,
}

/// What is compared, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// Texts, letter by letter.
    String {
        /// True when none fits.
        not: bool,
        /// Whether case counts for nothing.
        ignore_case: bool,
    },
    /// Texts, with `*` and `?`.
    Like {
        /// True when none fits.
        not: bool,
    },
    /// Numbers.
    Numeric(Order),
    /// Moments.
    Date(Order),
    /// Truth values.
    Bool,
    /// Bytes in base64.
    Binary,
    /// Addresses and ranges of them.
    Ip {
        /// True when none fits.
        not: bool,
    },
    /// ARNs, part by part.
    Arn {
        /// True when none fits.
        not: bool,
        /// Whether it is called `ArnLike`; it says the same as `ArnEquals`.
        like: bool,
    },
    /// Whether the key is absent.
    Null,
}

/// A condition operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operator {
    /// For keys of several values.
    pub set: Option<Set>,
    /// What is compared.
    pub comparison: Comparison,
    /// Whether a request without the key fits.
    pub if_exists: bool,
}

const fn string(not: bool, ignore_case: bool) -> Comparison {
    Comparison::String { not, ignore_case }
}

const fn arn(not: bool, like: bool) -> Comparison {
    Comparison::Arn { not, like }
}

/// Every comparison with its name.
const NAMES: &[(&str, Comparison)] = &[
    ("StringEquals", string(false, false)),
    ("StringNotEquals", string(true, false)),
    ("StringEqualsIgnoreCase", string(false, true)),
    ("StringNotEqualsIgnoreCase", string(true, true)),
    ("StringLike", Comparison::Like { not: false }),
    ("StringNotLike", Comparison::Like { not: true }),
    ("NumericEquals", Comparison::Numeric(Order::Equals)),
    ("NumericNotEquals", Comparison::Numeric(Order::NotEquals)),
    ("NumericLessThan", Comparison::Numeric(Order::LessThan)),
    (
        "NumericLessThanEquals",
        Comparison::Numeric(Order::LessThanEquals),
    ),
    (
        "NumericGreaterThan",
        Comparison::Numeric(Order::GreaterThan),
    ),
    (
        "NumericGreaterThanEquals",
        Comparison::Numeric(Order::GreaterThanEquals),
    ),
    ("DateEquals", Comparison::Date(Order::Equals)),
    ("DateNotEquals", Comparison::Date(Order::NotEquals)),
    ("DateLessThan", Comparison::Date(Order::LessThan)),
    (
        "DateLessThanEquals",
        Comparison::Date(Order::LessThanEquals),
    ),
    ("DateGreaterThan", Comparison::Date(Order::GreaterThan)),
    (
        "DateGreaterThanEquals",
        Comparison::Date(Order::GreaterThanEquals),
    ),
    ("Bool", Comparison::Bool),
    ("BinaryEquals", Comparison::Binary),
    ("IpAddress", Comparison::Ip { not: false }),
    ("NotIpAddress", Comparison::Ip { not: true }),
    ("ArnEquals", arn(false, false)),
    ("ArnLike", arn(false, true)),
    ("ArnNotEquals", arn(true, false)),
    ("ArnNotLike", arn(true, true)),
    ("Null", Comparison::Null),
];

impl Operator {
    /// Equality of texts.
    pub const STRING_EQUALS: Self = Self {
        set: None,
        comparison: string(false, false),
        if_exists: false,
    };

    /// The name that was probably meant.
    pub fn nearest(name: &str) -> Option<&'static str> {
        let letters = |text: &str| text.to_ascii_lowercase().replace(['-', '_', ' '], "");
        let meant = letters(name);
        let known = NAMES.iter().map(|(known, _)| *known);
        known.into_iter().find(|known| letters(known) == meant)
    }

    /// Every comparison's name.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(name, _)| *name)
    }

    /// Whether it is true when none of its values fits.
    pub const fn is_negated(&self) -> bool {
        match self.comparison {
            Comparison::String { not, .. }
            | Comparison::Like { not }
            | Comparison::Ip { not }
            | Comparison::Arn { not, .. } => not,
            Comparison::Numeric(order) | Comparison::Date(order) => {
                matches!(order, Order::NotEquals)
            }
            Comparison::Bool | Comparison::Binary | Comparison::Null => false,
        }
    }

    /// What it says of a key of a request.
    fn holds(&self, held: &Held, wanted: &Texts, variables: Option<&Context>) -> Truth {
        if self.comparison == Comparison::Null {
            return is_null(held, wanted);
        }
        let values = match held {
            Held::Unknown => return Truth::Unknown,
            Held::Absent => &[],
            Held::Values(values) => values.as_slice(),
        };
        let fits = |value: &String| {
            let one = Truth::any(
                wanted
                    .items
                    .iter()
                    .map(|text| self.fits(value, text, variables)),
            );
            if self.is_negated() {
                one.negated()
            } else {
                one
            }
        };
        match (self.set, values) {
            // One half of this operator says yes without the key, the other no; AWS does not say which counts.
            (Some(Set::ForAnyValue), []) if self.if_exists => Truth::Unknown,
            (_, []) if self.if_exists => Truth::Yes,
            (Some(Set::ForAllValues), values) => Truth::all(values.iter().map(fits)),
            (Some(Set::ForAnyValue), values) => Truth::any(values.iter().map(fits)),
            (None, []) => self.is_negated().into(),
            (None, [one]) => fits(one),
            // AWS asks for a set operator here and does not say what becomes of the request without one.
            (None, several) => {
                let (all, any) = (
                    Truth::all(several.iter().map(fits)),
                    Truth::any(several.iter().map(fits)),
                );
                if all == any { all } else { Truth::Unknown }
            }
        }
    }

    /// Whether a value fits a text of the policy, before a negation.
    fn fits(&self, value: &str, text: &Text, variables: Option<&Context>) -> Truth {
        let wildcards = matches!(
            self.comparison,
            Comparison::Like { .. } | Comparison::Arn { .. }
        );
        let pattern = Pattern::of(
            text,
            Reading {
                variables,
                wildcards,
            },
        );
        if self.is_negated() && pattern.may_be_missing() {
            return Truth::Unknown;
        }
        let by = |compare: fn(&str, &str) -> Option<bool>| {
            let known = pattern.plain().and_then(|wanted| compare(value, &wanted));
            known.map_or(Truth::Unknown, Truth::from)
        };
        match self.comparison {
            Comparison::String {
                ignore_case: false, ..
            }
            | Comparison::Like { .. }
            | Comparison::Binary => pattern.fits(value),
            Comparison::String {
                ignore_case: true, ..
            } => pattern.fits_any_case(value),
            Comparison::Numeric(order) => by_order(&pattern, value, order, compare::numbers),
            Comparison::Date(order) => by_order(&pattern, value, order, compare::moments),
            Comparison::Bool => by(compare::truths),
            Comparison::Ip { .. } => by(compare::in_range),
            Comparison::Arn { .. } => pattern.fits_by_parts(value),
            Comparison::Null => Truth::Unknown,
        }
    }
}

fn by_order(
    pattern: &Pattern,
    value: &str,
    order: Order,
    compare: fn(&str, &str) -> Option<std::cmp::Ordering>,
) -> Truth {
    let found = pattern.plain().and_then(|wanted| compare(value, &wanted));
    let Some(found) = found else {
        return Truth::Unknown;
    };
    match order {
        // The negation comes after.
        Order::Equals | Order::NotEquals => found.is_eq(),
        Order::LessThan => found.is_lt(),
        Order::LessThanEquals => found.is_le(),
        Order::GreaterThan => found.is_gt(),
        Order::GreaterThanEquals => found.is_ge(),
    }
    .into()
}

fn is_null(held: &Held, wanted: &Texts) -> Truth {
    let absent = match held {
        Held::Unknown => Truth::Unknown,
        Held::Absent => Truth::Yes,
        Held::Values(values) => values.is_empty().into(),
    };
    Truth::any(
        wanted
            .items
            .iter()
            .map(|text| match text.known().as_deref() {
                Some(text) if text.eq_ignore_ascii_case("true") => absent,
                Some(text) if text.eq_ignore_ascii_case("false") => absent.negated(),
                _ => Truth::Unknown,
            }),
    )
}

impl Condition {
    /// Whether a request fits, and what would have to be known when that is open.
    pub(crate) fn holds(&self, context: &Context, variables: bool) -> (Truth, Vec<String>) {
        let tests = match self {
            Self::All(tests) => tests,
            Self::Unresolved(_) => {
                return (
                    Truth::Unknown,
                    vec!["what CloudFormation fills in".to_owned()],
                );
            }
        };
        let mut open = Vec::new();
        let mut whole = Truth::Yes;
        for Test { operator, keys } in tests {
            for (key, wanted) in keys {
                let one = operator.holds(context.get(key), wanted, variables.then_some(context));
                if one == Truth::Unknown {
                    open.push(match context.get(key) {
                        Held::Unknown => format!("`{key}` of the request"),
                        Held::Absent | Held::Values(_) => {
                            format!("what `{operator}` says of `{key}`")
                        }
                    });
                }
                whole = whole.and(one);
            }
        }
        (whole, open)
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.set {
            Some(Set::ForAllValues) => out.write_str("ForAllValues:")?,
            Some(Set::ForAnyValue) => out.write_str("ForAnyValue:")?,
            None => {}
        }
        let name = NAMES
            .iter()
            .find(|(_, comparison)| *comparison == self.comparison);
        out.write_str(name.map_or("", |(name, _)| name))?;
        if self.if_exists {
            out.write_str("IfExists")
        } else {
            Ok(())
        }
    }
}

/// A text that is no operator.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no condition operator")]
pub struct UnknownOperator(String);

impl FromStr for Operator {
    type Err = UnknownOperator;

    fn from_str(text: &str) -> Result<Self, UnknownOperator> {
        let (set, rest) = match text.split_once(':') {
            Some(("ForAllValues", rest)) => (Some(Set::ForAllValues), rest),
            Some(("ForAnyValue", rest)) => (Some(Set::ForAnyValue), rest),
            _ => (None, text),
        };
        let (name, if_exists) = match rest.strip_suffix("IfExists") {
            Some(name) => (name, true),
            None => (rest, false),
        };
        let found = NAMES.iter().find(|(known, _)| *known == name);
        match found {
            Some((_, Comparison::Null)) if if_exists => Err(UnknownOperator(text.to_owned())),
            Some((_, comparison)) => Ok(Self {
                set,
                comparison: *comparison,
                if_exists,
            }),
            None => Err(UnknownOperator(text.to_owned())),
        }
    }
}
