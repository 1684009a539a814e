//! Versions of Python packages, compared as PEP 440 orders them.

use std::cmp::Ordering;

/// A version, as far as ordering needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Version {
    epoch: u64,
    release: Vec<u64>,
    /// `a`, `b` or `rc` with its number.
    pre: Option<(u8, u64)>,
    post: Option<u64>,
    dev: Option<u64>,
}

impl Version {
    /// Reads a version; none when it is not one.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        let text = text.strip_prefix('v').unwrap_or(&text);
        // What stands after `+` only names a build.
        let text = text.split('+').next().unwrap_or(text);
        let (epoch, text) = match text.split_once('!') {
            Some((epoch, rest)) => (epoch.parse().ok()?, rest),
            None => (0, text),
        };
        let end = text
            .find(|letter: char| !letter.is_ascii_digit() && letter != '.')
            .unwrap_or(text.len());
        let (numbers, mut rest) = text.split_at_checked(end)?;
        let release: Option<Vec<u64>> = numbers
            .trim_end_matches('.')
            .split('.')
            .map(|number| number.parse().ok())
            .collect();
        let mut version = Self {
            epoch,
            release: release?,
            pre: None,
            post: None,
            dev: None,
        };
        while !rest.is_empty() {
            rest = version.suffix(rest)?;
        }
        Some(version)
    }

    /// Takes one suffix off the text and gives what follows it.
    fn suffix<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let text = text.trim_start_matches(['.', '-', '_']);
        let end = text
            .find(|letter: char| !letter.is_ascii_alphabetic())
            .unwrap_or(text.len());
        let (word, rest) = text.split_at_checked(end)?;
        let rest = rest.trim_start_matches(['.', '-', '_']);
        let end = rest
            .find(|letter: char| !letter.is_ascii_digit())
            .unwrap_or(rest.len());
        let (digits, rest) = rest.split_at_checked(end)?;
        let number = digits.parse().unwrap_or(0);
        match word {
            "a" | "alpha" => self.pre = Some((0, number)),
            "b" | "beta" => self.pre = Some((1, number)),
            "c" | "rc" | "pre" | "preview" => self.pre = Some((2, number)),
            "post" | "rev" | "r" => self.post = Some(number),
            "" if !digits.is_empty() => self.post = Some(number),
            "dev" => self.dev = Some(number),
            _ => return None,
        }
        Some(rest)
    }

    /// Whether the release begins with these numbers.
    fn begins(&self, numbers: &[u64]) -> bool {
        numbers
            .iter()
            .enumerate()
            .all(|(at, number)| self.release.get(at).copied().unwrap_or(0) == *number)
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        // Something in development is before its first alpha, a release after its last candidate.
        let stage = |one: &Self| match (one.pre, one.post, one.dev) {
            (Some((kind, number)), ..) => (i8::try_from(kind).unwrap_or(2), number),
            (None, None, Some(_)) => (-1, 0),
            _ => (3, 0),
        };
        self.epoch
            .cmp(&other.epoch)
            .then_with(|| releases(&self.release, &other.release))
            .then_with(|| stage(self).cmp(&stage(other)))
            .then_with(|| self.post.cmp(&other.post))
            .then_with(|| match (self.dev, other.dev) {
                (None, None) => Ordering::Equal,
                (None, Some(_)) => Ordering::Greater,
                (Some(_), None) => Ordering::Less,
                (Some(one), Some(other)) => one.cmp(&other),
            })
    }
}

fn releases(one: &[u64], other: &[u64]) -> Ordering {
    for at in 0..one.len().max(other.len()) {
        let number = |list: &[u64]| list.get(at).copied().unwrap_or(0);
        match number(one).cmp(&number(other)) {
            Ordering::Equal => {}
            different => return different,
        }
    }
    Ordering::Equal
}

/// Whether a version meets a specifier such as `>=3.8`, `==3.*` or `~=3.9`; none when either is not understood.
pub(crate) fn meets(version: &str, operator: &str, wanted: &str) -> Option<bool> {
    if operator == "===" {
        return Some(version == wanted);
    }
    let version = Version::parse(version)?;
    if let Some(start) = wanted.trim().strip_suffix(".*") {
        let start = Version::parse(start)?;
        let begins = version.epoch == start.epoch && version.begins(&start.release);
        return match operator {
            "==" => Some(begins),
            "!=" => Some(!begins),
            _ => None,
        };
    }
    let wanted = Version::parse(wanted)?;
    Some(match operator {
        "==" => version == wanted || version.cmp(&wanted) == Ordering::Equal,
        "!=" => version.cmp(&wanted) != Ordering::Equal,
        "<=" => version <= wanted,
        ">=" => version >= wanted,
        "<" => version < wanted,
        ">" => version > wanted,
        "~=" => {
            let (_, start) = wanted.release.split_last()?;
            version >= wanted && version.begins(start)
        }
        _ => return None,
    })
}

/// Whether a version meets every specifier of a list such as `>=3.8,<4`; what is not understood is met.
pub(crate) fn meets_all(version: &str, specifiers: &str) -> bool {
    specifiers.split(',').all(|one| {
        let one = one.trim();
        let end = one
            .find(|letter: char| !"<>=!~".contains(letter))
            .unwrap_or(one.len());
        match one.split_at_checked(end) {
            Some((operator, wanted)) if !operator.is_empty() => {
                meets(version, operator, wanted.trim()).unwrap_or(true)
            }
            _ => true,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_stand_in_the_order_of_pep_440() {
        let order = [
            "1.0.dev1",
            "1.0a1.dev1",
            "1.0a1",
            "1.0b2",
            "1.0rc1",
            "1.0",
            "1.0.post1",
            "1.0.1",
            "1.10",
            "2!0.1",
        ];
        for pair in order.windows(2) {
            let one = Version::parse(pair[0]).expect("a version");
            let other = Version::parse(pair[1]).expect("a version");
            assert!(one < other, "{pair:?}");
        }
        assert_eq!(meets("1.0", "==", "1.0.0"), Some(true));
        assert_eq!(meets("1.0+local", "==", "1.0"), Some(true));
        for text in ["", "x", "1.0-nonsense", "1..2"] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }

    #[test]
    fn specifiers_are_met_or_not() {
        for (specifiers, wanted) in [
            (">=3.8", true),
            (">=3.8,<4", true),
            ("<3.12", false),
            ("==3.12.*", true),
            ("!=3.12.*", false),
            ("~=3.9", true),
            ("~=3.12.1", false),
            ("==3.*,>=3.8", true),
            ("*", true),
            ("", true),
        ] {
            assert_eq!(meets_all("3.12.0", specifiers), wanted, "{specifiers}");
        }
    }
}
