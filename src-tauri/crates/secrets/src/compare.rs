//! What differs: between two places, and between two versions of one parameter. No value is told, only whether two are
//! the same, and how long they are.

use std::collections::BTreeMap;

use pilothouse_effects::{ParameterKind, ParameterVersion};

use crate::{DigestKey, ValueDigest};

/// A parameter of a place that is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// How it is kept.
    pub kind: ParameterKind,
    /// Its version.
    pub version: u32,
    /// How many bytes its value has.
    pub bytes: usize,
    /// Its value's keyed digest.
    pub digest: ValueDigest,
}

/// A name, and what each place has under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The name below the place's path.
    pub name: String,
    /// What the first place has.
    pub left: Option<Side>,
    /// What the second place has.
    pub right: Option<Side>,
}

impl Row {
    /// Whether both have it with the same value and type.
    pub fn is_same(&self) -> bool {
        match (&self.left, &self.right) {
            (Some(left), Some(right)) => left.digest == right.digest && left.kind == right.kind,
            _ => false,
        }
    }
}

/// Puts the parameters of two places beside each other, by their names.
pub fn compare(left: Vec<(String, Side)>, right: Vec<(String, Side)>) -> Vec<Row> {
    let mut rows: BTreeMap<String, (Option<Side>, Option<Side>)> = BTreeMap::new();
    for (name, side) in left {
        rows.entry(name).or_default().0 = Some(side);
    }
    for (name, side) in right {
        rows.entry(name).or_default().1 = Some(side);
    }
    let row = |(name, (left, right))| Row { name, left, right };
    rows.into_iter().map(row).collect()
}

/// One thing that differs between two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What: `value`, `key`, `tier`, `description`, `pattern`, `policies`, `labels`.
    pub part: &'static str,
    /// What it was; none when there was nothing.
    pub before: Option<String>,
    /// What it is.
    pub after: Option<String>,
}

/// What differs between two versions of a parameter.
pub fn changes_between(
    key: &DigestKey,
    before: &ParameterVersion,
    after: &ParameterVersion,
) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut add = |part: &'static str, before: Option<String>, after: Option<String>| {
        if before != after {
            found.push(Difference {
                part,
                before,
                after,
            });
        }
    };
    let value = |version: &ParameterVersion| {
        let bytes = version.value.size();
        Some(format!("{bytes} bytes, {}", key.of(&version.value)))
    };
    let (old, new) = (&before.facts, &after.facts);
    add("value", value(before), value(after));
    add("key", old.key.clone(), new.key.clone());
    let tier = |of: &pilothouse_effects::ParameterFacts| Some(of.tier.as_str().to_owned());
    add("tier", tier(old), tier(new));
    add(
        "description",
        old.description.clone(),
        new.description.clone(),
    );
    add("pattern", old.pattern.clone(), new.pattern.clone());
    let joined = |texts: &[String]| (!texts.is_empty()).then(|| texts.join(", "));
    add("policies", joined(&old.policies), joined(&new.policies));
    add("labels", joined(&before.labels), joined(&after.labels));
    found
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use pilothouse_effects::{ParameterFacts, ParameterTier};
    use pilothouse_model::Secret;
    use proptest::prelude::*;

    use super::*;

    fn version(value: &str, key: Option<&str>, labels: &[&str]) -> ParameterVersion {
        ParameterVersion {
            facts: ParameterFacts {
                name: "/a".to_owned(),
                kind: ParameterKind::Secure,
                key: key.map(str::to_owned),
                version: 1,
                changed: SystemTime::UNIX_EPOCH,
                by: None,
                tier: ParameterTier::Standard,
                description: None,
                pattern: None,
                policies: Vec::new(),
            },
            labels: labels.iter().map(|label| (*label).to_owned()).collect(),
            value: Secret::new(value.to_owned()),
        }
    }

    #[test]
    fn versions_differ_by_part_and_no_value_is_told() {
        let key = DigestKey::new([1; 32]);
        let old = version("hunter2-old", None, &["live"]);
        let new = version("hunter2-new!", Some("alias/polls"), &[]);
        let found = changes_between(&key, &old, &new);
        let parts: Vec<_> = found.iter().map(|one| one.part).collect();
        assert_eq!(parts, ["value", "key", "labels"]);
        assert!(
            found[0]
                .before
                .as_ref()
                .is_some_and(|text| text.starts_with("11 bytes, "))
        );
        assert!(!format!("{found:?}").contains("hunter2"));
        assert_eq!(
            changes_between(&key, &old, &version("hunter2-old", None, &["live"])),
            []
        );
    }

    proptest! {
        #[test]
        fn both_places_are_told_whole_and_equal_ones_are_the_same(
            left in prop::collection::btree_map("[a-e]", "[xy]", 0..5),
            right in prop::collection::btree_map("[a-e]", "[xy]", 0..5),
        ) {
            let key = DigestKey::new([2; 32]);
            let sides = |of: &BTreeMap<String, String>| of.iter().map(|(name, value)| {
                let value = Secret::new(value.clone());
                (name.clone(), Side { kind: ParameterKind::Text, version: 1, bytes: value.size(), digest: key.of(&value) })
            }).collect::<Vec<_>>();
            let rows = compare(sides(&left), sides(&right));
            prop_assert_eq!(rows.iter().filter(|row| row.left.is_some()).count(), left.len());
            prop_assert_eq!(rows.iter().filter(|row| row.right.is_some()).count(), right.len());
            for row in rows {
                let same = left.contains_key(&row.name) && left.get(&row.name) == right.get(&row.name);
                prop_assert_eq!(row.is_same(), same);
            }
        }
    }
}
