//! Names that would be too long for AWS, made short the way Serverless does: cut, and a hash of the whole put after.

use md5::{Digest, Md5};

/// Lambda's limit on the length of a function's name.
const LONGEST_FUNCTION: usize = 64;
/// The limit of EventBridge on the length of a rule's name and of a target's id.
const LONGEST_RULE: usize = 64;

/// The MD5 of a text, in hexadecimal. It tells names apart and protects nothing.
pub(crate) fn hash(text: &str) -> String {
    let digest = Md5::digest(text.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A function's name, at most 64 characters long.
pub(crate) fn of_function(name: String) -> String {
    if name.len() <= LONGEST_FUNCTION {
        return name;
    }
    let start: String = name.chars().take(32).collect();
    format!("{start}{}", hash(&name))
}

/// The name of a rule or of its target, at most 64 characters long, with the suffix at its end that it has already.
pub(crate) fn with_suffix(name: String, suffix: &str) -> String {
    if name.chars().count() <= LONGEST_RULE {
        return name;
    }
    let start = 31_usize.saturating_sub(suffix.len());
    let start: String = name.chars().take(start).collect();
    format!("{start}{}-{suffix}", hash(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_the_md5_that_everybody_knows() {
        assert_eq!(hash(""), "d41d8cd98f00b204e9800998ecf8427e");
        assert_eq!(hash("abc"), "900150983cd24fb0d6963f7d28e17f72");
    }

    #[test]
    fn a_name_of_64_characters_stays_and_a_longer_one_is_cut() {
        let fits = "a".repeat(64);
        assert_eq!(of_function(fits.clone()), fits);
        let long = of_function("b".repeat(65));
        assert_eq!(long.len(), 64);
        assert!(long.starts_with(&"b".repeat(32)), "{long}");
    }
}
