//! Policies of a parameter: when it is deleted by itself, and of what its owner is told.

use serde_json::{Value, json};
use thiserror::Error;

/// A policy. A parameter of the Advanced tier may have ten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Policy {
    /// AWS deletes the parameter then.
    Expires {
        /// The moment, as RFC 3339 in UTC.
        at: String,
    },
    /// AWS tells EventBridge so long before that.
    WarnsBefore {
        /// How many.
        count: u32,
        /// Of what.
        unit: Unit,
    },
    /// AWS tells EventBridge when it was not changed for so long.
    WarnsUnchanged {
        /// How many.
        count: u32,
        /// Of what.
        unit: Unit,
    },
}

/// What a policy counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Days.
    Days,
    /// Hours.
    Hours,
}

/// Why policies would not be taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PolicyProblem {
    /// A moment that is none.
    #[error("`{0}` is no moment: write it as 2027-03-31 or 2027-03-31T12:00:00Z")]
    Moment(String),
    /// A length that is none.
    #[error("`{0}` is no length of time: write it as 15d or 36h")]
    Length(String),
    /// A warning before an end that there is not.
    #[error("a warning before the end needs an end")]
    NoEnd,
    /// Two ends.
    #[error("a parameter expires once")]
    TwoEnds,
    /// More than AWS takes.
    #[error("a parameter has {0} policies, and AWS takes 10")]
    TooMany(usize),
}

impl Unit {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Days => "Days",
            Self::Hours => "Hours",
        }
    }
}

/// Policies from what a person writes: a moment, and lengths such as `15d` or `36h`.
///
/// # Errors
/// When one of them is not written so, or AWS would not take them together.
pub fn policies_of(
    expires: Option<&str>,
    warn_before: &[String],
    warn_unchanged: &[String],
) -> Result<Vec<Policy>, PolicyProblem> {
    let mut policies = Vec::new();
    if let Some(at) = expires {
        policies.push(Policy::Expires { at: moment(at)? });
    } else if !warn_before.is_empty() {
        return Err(PolicyProblem::NoEnd);
    }
    for text in warn_before {
        let (count, unit) = length(text)?;
        policies.push(Policy::WarnsBefore { count, unit });
    }
    for text in warn_unchanged {
        let (count, unit) = length(text)?;
        policies.push(Policy::WarnsUnchanged { count, unit });
    }
    check(&policies)?;
    Ok(policies)
}

fn check(policies: &[Policy]) -> Result<(), PolicyProblem> {
    let is_end = |policy: &&Policy| matches!(policy, Policy::Expires { .. });
    if policies.iter().filter(is_end).count() > 1 {
        return Err(PolicyProblem::TwoEnds);
    }
    if policies.len() > 10 {
        return Err(PolicyProblem::TooMany(policies.len()));
    }
    Ok(())
}

fn moment(text: &str) -> Result<String, PolicyProblem> {
    let wrong = || PolicyProblem::Moment(text.to_owned());
    let whole = if text.len() == "2027-03-31".len() {
        format!("{text}T00:00:00.000Z")
    } else {
        text.to_owned()
    };
    let form = regex::Regex::new(
        r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?Z$",
    );
    let is_moment = form.is_ok_and(|form| form.is_match(&whole));
    is_moment.then_some(whole).ok_or_else(wrong)
}

fn length(text: &str) -> Result<(u32, Unit), PolicyProblem> {
    let wrong = || PolicyProblem::Length(text.to_owned());
    let (digits, unit) = if let Some(digits) = text.strip_suffix('d') {
        (digits, Unit::Days)
    } else if let Some(digits) = text.strip_suffix('h') {
        (digits, Unit::Hours)
    } else {
        return Err(wrong());
    };
    let count = digits.parse().ok().filter(|count| *count > 0);
    Ok((count.ok_or_else(wrong)?, unit))
}

/// Policies as AWS takes them.
pub fn to_text(policies: &[Policy]) -> String {
    let counted = |kind: &str, key: &str, count: u32, unit: Unit| json!({ "Type": kind, "Version": "1.0", "Attributes": { key: count.to_string(), "Unit": unit.as_str() } });
    let one = |policy: &Policy| match policy {
        Policy::Expires { at } => {
            json!({ "Type": "Expiration", "Version": "1.0", "Attributes": { "Timestamp": at } })
        }
        Policy::WarnsBefore { count, unit } => {
            counted("ExpirationNotification", "Before", *count, *unit)
        }
        Policy::WarnsUnchanged { count, unit } => {
            counted("NoChangeNotification", "After", *count, *unit)
        }
    };
    policies.iter().map(one).collect::<Value>().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn policies_are_written_as_the_documents_of_aws_show_them() {
        let policies = policies_of(
            Some("2018-12-02T21:34:33.000Z"),
            &texts(&["15d"]),
            &texts(&["20d"]),
        );
        let text = to_text(&policies.expect("they are good"));
        // From the user guide, "Assigning parameter policies".
        let expected = json!([
            { "Type": "Expiration", "Version": "1.0", "Attributes": { "Timestamp": "2018-12-02T21:34:33.000Z" } },
            { "Type": "ExpirationNotification", "Version": "1.0", "Attributes": { "Before": "15", "Unit": "Days" } },
            { "Type": "NoChangeNotification", "Version": "1.0", "Attributes": { "After": "20", "Unit": "Days" } },
        ]);
        let read: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(read, expected);
    }

    #[test]
    fn what_aws_would_refuse_is_told_before() {
        let none: &[String] = &[];
        assert_eq!(
            policies_of(None, &texts(&["15d"]), none),
            Err(PolicyProblem::NoEnd)
        );
        for text in ["tomorrow", "2027-13-01", "2027-01-01T25:00:00Z", ""] {
            assert_eq!(
                policies_of(Some(text), none, none),
                Err(PolicyProblem::Moment(text.to_owned()))
            );
        }
        for text in ["d", "0d", "15", "-1h", "3w"] {
            assert_eq!(
                policies_of(None, none, &texts(&[text])),
                Err(PolicyProblem::Length(text.to_owned()))
            );
        }
        let many = vec!["1h".to_owned(); 11];
        assert_eq!(
            policies_of(None, none, &many),
            Err(PolicyProblem::TooMany(11))
        );
        let day = policies_of(Some("2027-03-31"), none, none).expect("a day is a moment");
        assert_eq!(
            day,
            [Policy::Expires {
                at: "2027-03-31T00:00:00.000Z".to_owned()
            }]
        );
    }
}
