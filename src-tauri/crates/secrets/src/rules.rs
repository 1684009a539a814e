//! What AWS takes besides a name: sizes, labels, tags, patterns. All of it is asked before any call, and all that is
//! wrong is told at once.

use pilothouse_effects::{ParameterKind, ParameterPut, ParameterTier};

use crate::name::ParameterName;

/// The most labels of a version.
pub const MOST_LABELS: usize = 10;
/// The most letters of a label.
const MOST_LABEL: usize = 100;
/// The most tags of a parameter.
const MOST_TAGS: usize = 50;
/// The most letters of a description, and of a pattern.
const MOST_WORDS: usize = 1024;

/// Something that AWS would not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Which part: `name`, `value`, `tier`, `pattern`, `description`, `policies`, `label`, `tag`.
    pub part: &'static str,
    /// What is wrong, in one sentence without a full stop.
    pub what: String,
    /// What to do.
    pub way_out: String,
}

fn broken(part: &'static str, what: impl Into<String>, way_out: impl Into<String>) -> Broken {
    Broken {
        part,
        what: what.into(),
        way_out: way_out.into(),
    }
}

/// The most bytes of a value.
pub const fn most_bytes(tier: ParameterTier) -> usize {
    match tier {
        ParameterTier::Standard => 4096,
        ParameterTier::Advanced | ParameterTier::Intelligent => 8192,
    }
}

/// The tier that a value needs, when one is large enough.
pub const fn smallest_tier(bytes: usize) -> Option<ParameterTier> {
    if bytes <= most_bytes(ParameterTier::Standard) {
        Some(ParameterTier::Standard)
    } else if bytes <= most_bytes(ParameterTier::Advanced) {
        Some(ParameterTier::Advanced)
    } else {
        None
    }
}

/// Everything about a new version that AWS would not take.
pub fn check_put(put: &ParameterPut<'_>, region: &str) -> Vec<Broken> {
    let mut found = Vec::new();
    if let Err(problem) = ParameterName::parse(put.name, region) {
        found.push(broken(
            "name",
            problem.to_string(),
            problem.way_out(put.name),
        ));
    }
    found.extend(of_value(put));
    if let Some(words) = put
        .description
        .filter(|words| words.chars().count() > MOST_WORDS)
    {
        let what = format!(
            "the description has {} letters, and AWS takes {MOST_WORDS}",
            words.chars().count()
        );
        found.push(broken("description", what, "Write less"));
    }
    if let Some(pattern) = put.pattern {
        found.extend(of_pattern(put, pattern));
    }
    if put.policies.is_some() && put.tier == ParameterTier::Standard {
        let what = "policies need the Advanced tier";
        found.push(broken(
            "policies",
            what,
            "Choose the tier Advanced, which AWS charges for",
        ));
    }
    if put.key.is_some() && put.kind != ParameterKind::Secure {
        let what = format!("a {} is not encrypted, so it has no key", put.kind.as_str());
        found.push(broken(
            "key",
            what,
            "Make it a SecureString, or leave the key out",
        ));
    }
    found.extend(check_tags(put.tags));
    found
}

fn of_value(put: &ParameterPut<'_>) -> Vec<Broken> {
    let mut found = Vec::new();
    let (size, most) = (put.value.size(), most_bytes(put.tier));
    if size == 0 {
        let way_out = "Give it one; a parameter that is not needed is deleted";
        found.push(broken(
            "value",
            "the value is empty, which AWS does not take",
            way_out,
        ));
    } else if size > most {
        let what = format!(
            "the value has {size} bytes, and the tier {} takes {most}",
            put.tier.as_str()
        );
        let way_out = match smallest_tier(size) {
            Some(_) => "Choose the tier Advanced, which AWS charges for",
            None => "Keep it in Secrets Manager (64 KB) or as a file in S3, and its address here",
        };
        found.push(broken("value", what, way_out));
    }
    if put.kind == ParameterKind::List
        && size > 0
        && put.value.expose().split(',').any(str::is_empty)
    {
        let what = "an item of the list is empty";
        found.push(broken(
            "value",
            what,
            "Write the items with one comma between two of them",
        ));
    }
    found
}

/// AWS has a dialect of its own, so that only what is wrong in every dialect is wrong here.
fn of_pattern(put: &ParameterPut<'_>, pattern: &str) -> Option<Broken> {
    if pattern.chars().count() > MOST_WORDS {
        let what = format!("the pattern has more than {MOST_WORDS} letters");
        return Some(broken("pattern", what, "Write a shorter one"));
    }
    let Ok(read) = regex::Regex::new(pattern) else {
        return None;
    };
    if put.value.size() == 0 || read.is_match(put.value.expose()) {
        return None;
    }
    let what = format!("the value does not match the pattern {pattern}");
    Some(broken(
        "value",
        what,
        "Correct the value, or change the pattern",
    ))
}

/// Labels that AWS would not take.
pub fn check_labels(labels: &[String]) -> Vec<Broken> {
    let mut found = Vec::new();
    if labels.len() > MOST_LABELS {
        let what = format!(
            "a version has {MOST_LABELS} labels at most, and these are {}",
            labels.len()
        );
        found.push(broken("label", what, "Leave some out"));
    }
    for label in labels {
        let lower = label.to_ascii_lowercase();
        let is_letter = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
        let what = if label.is_empty() {
            "a label is empty".to_owned()
        } else if !label.chars().all(is_letter) {
            format!(
                "the label `{}` has other than letters, digits, `.`, `-` and `_`",
                label.escape_debug()
            )
        } else if label.starts_with(|letter: char| letter.is_ascii_digit()) {
            format!("the label `{label}` begins with a digit")
        } else if lower.starts_with("aws") || lower.starts_with("ssm") {
            format!("the label `{label}` begins with what AWS keeps for itself")
        } else if label.len() > MOST_LABEL {
            format!("the label `{label}` has more than {MOST_LABEL} letters")
        } else {
            continue;
        };
        found.push(broken(
            "label",
            what,
            "Choose another, such as live or release-12",
        ));
    }
    found
}

/// Tags that AWS would not take.
pub fn check_tags(tags: &[(String, String)]) -> Vec<Broken> {
    let mut found = Vec::new();
    if tags.len() > MOST_TAGS {
        let what = format!(
            "a parameter has {MOST_TAGS} tags at most, and these are {}",
            tags.len()
        );
        found.push(broken("tag", what, "Leave some out"));
    }
    for (key, value) in tags {
        let (key_length, value_length) = (key.chars().count(), value.chars().count());
        let what = if key.is_empty() {
            "a tag has no key".to_owned()
        } else if key.to_ascii_lowercase().starts_with("aws:") {
            format!("the tag `{key}` begins with `aws:`, which AWS keeps for itself")
        } else if key_length > 128 {
            format!("the tag `{key}` has {key_length} letters in its key, and AWS takes 128")
        } else if value_length > 256 {
            format!("the tag `{key}` has {value_length} letters in its value, and AWS takes 256")
        } else {
            continue;
        };
        found.push(broken("tag", what, "Choose another"));
    }
    found
}

#[cfg(test)]
mod tests {
    use pilothouse_model::Secret;

    use super::*;

    fn put<'a>(name: &'a str, value: &'a Secret) -> ParameterPut<'a> {
        ParameterPut {
            name,
            kind: ParameterKind::Secure,
            value,
            key: None,
            tier: ParameterTier::Standard,
            description: None,
            pattern: None,
            policies: None,
            tags: &[],
            overwrite: false,
        }
    }

    fn secret(text: &str) -> Secret {
        Secret::new(text.to_owned())
    }

    fn parts(found: &[Broken]) -> Vec<&'static str> {
        found.iter().map(|one| one.part).collect()
    }

    #[test]
    fn sizes_count_bytes_and_depend_on_the_tier() {
        let exact = secret(&"ä".repeat(2048));
        assert!(check_put(&put("/a", &exact), "eu-west-1").is_empty());
        let over = secret(&format!("{}x", "ä".repeat(2048)));
        assert_eq!(parts(&check_put(&put("/a", &over), "eu-west-1")), ["value"]);
        let mut advanced = put("/a", &over);
        advanced.tier = ParameterTier::Advanced;
        assert!(check_put(&advanced, "eu-west-1").is_empty());
        assert_eq!(smallest_tier(8192), Some(ParameterTier::Advanced));
        assert_eq!(smallest_tier(8193), None);
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let empty = secret("");
        let mut wrong = put("/aws/x y", &empty);
        let tags = [("aws:x".to_owned(), String::new())];
        wrong.policies = Some("[]");
        wrong.kind = ParameterKind::Text;
        wrong.key = Some("alias/k");
        wrong.tags = &tags;
        let found = check_put(&wrong, "eu-west-1");
        assert_eq!(parts(&found), ["name", "value", "policies", "key", "tag"]);
        assert!(found.iter().all(|one| !one.way_out.is_empty()));
    }

    #[test]
    fn a_pattern_stops_what_it_surely_refuses_and_nothing_else() {
        let value = secret("twelve");
        let mut patterned = put("/a", &value);
        patterned.pattern = Some(r"^\d+$");
        let found = check_put(&patterned, "eu-west-1");
        assert_eq!(parts(&found), ["value"]);
        assert!(!found[0].what.contains("twelve"), "a value is never told");
        // Looking ahead is of AWS's dialect and not of ours: AWS is left to judge.
        patterned.pattern = Some(r"^(?=x)");
        assert!(check_put(&patterned, "eu-west-1").is_empty());
    }

    #[test]
    fn labels_keep_the_rules_of_the_documents() {
        let check = |label: &str| check_labels(&[label.to_owned()]).is_empty();
        for good in ["live", "Release-1.2_x", &"a".repeat(100)] {
            assert!(check(good), "{good}");
        }
        for bad in ["", "1live", "AWSlive", "ssm-x", "a b", &"a".repeat(101)] {
            assert!(!check(bad), "{bad}");
        }
        let many: Vec<String> = (0..11).map(|number| format!("l{number}")).collect();
        assert_eq!(check_labels(&many).len(), 1);
        assert!(check_labels(&many[..10]).is_empty());
    }

    #[test]
    fn an_empty_item_of_a_list_is_found() {
        for (value, good) in [("a,b", true), ("a", true), ("a,,b", false), ("a,", false)] {
            let value = secret(value);
            let mut list = put("/a", &value);
            list.kind = ParameterKind::List;
            assert_eq!(
                check_put(&list, "eu-west-1").is_empty(),
                good,
                "{}",
                value.expose()
            );
        }
    }
}
