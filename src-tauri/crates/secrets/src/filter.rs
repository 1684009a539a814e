//! Which parameters of a list are meant.

use std::time::{Duration, SystemTime};

use pilothouse_effects::{ParameterFacts, ParameterKind, ParameterTier};

/// What a list is narrowed to. Each part that is set must hold.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Words that name, key and description hold, in any order and case.
    pub words: Vec<String>,
    /// How the value is kept.
    pub kind: Option<ParameterKind>,
    /// A part of the key's id, alias or ARN.
    pub key: Option<String>,
    /// The tier.
    pub tier: Option<ParameterTier>,
    /// Unchanged for that long.
    pub unchanged: Option<Duration>,
    /// Changed within that time.
    pub changed: Option<Duration>,
}

impl Filter {
    /// Whether a parameter is meant.
    pub fn takes(&self, one: &ParameterFacts, now: SystemTime) -> bool {
        let age = now.duration_since(one.changed).unwrap_or_default();
        self.has_words(one)
            && self.kind.is_none_or(|kind| one.kind == kind)
            && self.tier.is_none_or(|tier| one.tier == tier)
            && self.unchanged.is_none_or(|least| age >= least)
            && self.changed.is_none_or(|most| age <= most)
            && self.key.as_ref().is_none_or(|key| {
                let of = one.key.as_ref();
                of.is_some_and(|of| of.contains(key.as_str()))
            })
    }

    fn has_words(&self, one: &ParameterFacts) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let text = [
            Some(one.name.as_str()),
            one.key.as_deref(),
            one.description.as_deref(),
        ];
        let text: Vec<&str> = text.into_iter().flatten().collect();
        let text = text.join("\n").to_lowercase();
        self.words
            .iter()
            .all(|word| text.contains(&word.to_lowercase()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(name: &str) -> ParameterFacts {
        ParameterFacts {
            name: name.to_owned(),
            kind: ParameterKind::Secure,
            key: Some("alias/polls-prod".to_owned()),
            version: 1,
            changed: SystemTime::UNIX_EPOCH + Duration::from_secs(1000),
            by: None,
            tier: ParameterTier::Standard,
            description: Some("For the queue".to_owned()),
            pattern: None,
            policies: Vec::new(),
        }
    }

    #[test]
    fn every_part_must_hold() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(2000);
        let takes = |filter: Filter| filter.takes(&facts("/polls/prod/db/Password"), now);
        let words = |words: &[&str]| Filter {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            ..Filter::default()
        };
        assert!(takes(Filter::default()));
        assert!(takes(words(&["password", "POLLS"])));
        assert!(takes(words(&["queue"])));
        assert!(!takes(words(&["password", "staging"])));
        assert!(takes(Filter {
            kind: Some(ParameterKind::Secure),
            ..Filter::default()
        }));
        assert!(!takes(Filter {
            kind: Some(ParameterKind::List),
            ..Filter::default()
        }));
        assert!(takes(Filter {
            key: Some("polls-prod".into()),
            ..Filter::default()
        }));
        assert!(!takes(Filter {
            key: Some("shop".into()),
            ..Filter::default()
        }));
        assert!(!takes(Filter {
            tier: Some(ParameterTier::Advanced),
            ..Filter::default()
        }));
        let seconds = Duration::from_secs;
        assert!(takes(Filter {
            unchanged: Some(seconds(1000)),
            ..Filter::default()
        }));
        assert!(!takes(Filter {
            unchanged: Some(seconds(1001)),
            ..Filter::default()
        }));
        assert!(takes(Filter {
            changed: Some(seconds(1000)),
            ..Filter::default()
        }));
        assert!(!takes(Filter {
            changed: Some(seconds(999)),
            ..Filter::default()
        }));
    }
}
