//! Names of parameters, and what AWS takes for one.

use thiserror::Error;

/// The most letters of a name, with those of the ARN before it. AWS reports 2,048 and keeps 1,037 for itself.
pub const MOST_NAME: usize = 1011;
/// The most levels of a hierarchy, the name itself among them.
pub const MOST_LEVELS: usize = 15;
/// What a name cannot begin with, in any case.
const RESERVED: &[&str] = &["aws", "ssm"];
/// The letters of `arn:aws:ssm::111122223333:parameter` without the Region, which count too.
const ARN_WITHOUT_REGION: usize = "arn:aws:ssm::111122223333:parameter".len();

/// A name that AWS takes for a new parameter.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ParameterName(String);

/// Why AWS would not take a name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NameProblem {
    /// There is none.
    #[error("a parameter needs a name")]
    Empty,
    /// A letter that no name has.
    #[error("a name has letters, digits, `_`, `.`, `-` and `/`, not `{}`", .0.escape_debug())]
    Letter(char),
    /// Levels without the first `/`.
    #[error("a name with levels begins with `/`")]
    NotQualified,
    /// Two `/` in a row, or one at the end.
    #[error("a level of the name is empty")]
    EmptyLevel,
    /// It begins with what AWS keeps for itself.
    #[error("names that begin with `{0}` are AWS's own")]
    Reserved(&'static str),
    /// Too many levels.
    #[error("the name has {0} levels, and AWS takes {MOST_LEVELS}")]
    TooDeep(usize),
    /// Too long.
    #[error(
        "the name has {length} letters, and in this Region AWS takes {most} (the ARN before it counts)"
    )]
    TooLong {
        /// How many it has.
        length: usize,
        /// How many it may have.
        most: usize,
    },
}

impl NameProblem {
    /// What to do about it, for the name that was asked for.
    pub fn way_out(&self, name: &str) -> String {
        match self {
            Self::Empty => "Name it, such as /shop/dev/db/password".to_owned(),
            Self::Letter(_) => {
                let fits = |letter: char| if is_letter(letter) { letter } else { '_' };
                let better: String = name.trim().chars().map(fits).collect();
                format!("Name it {better}")
            }
            Self::NotQualified => format!("Name it /{name}"),
            Self::EmptyLevel => {
                let levels: Vec<&str> = name.split('/').filter(|one| !one.is_empty()).collect();
                format!("Name it /{}", levels.join("/"))
            }
            Self::Reserved(prefix) => {
                format!("Put another word before it, such as /my-{prefix}")
            }
            Self::TooDeep(_) => {
                "Join levels with `.` or `-`: they are for people and for permissions".to_owned()
            }
            Self::TooLong { .. } => "Choose a shorter name".to_owned(),
        }
    }
}

impl ParameterName {
    /// Reads a name for a Region.
    ///
    /// # Errors
    /// When AWS would not take it.
    pub fn parse(text: &str, region: &str) -> Result<Self, NameProblem> {
        if text.is_empty() {
            return Err(NameProblem::Empty);
        }
        if let Some(letter) = text.chars().find(|letter| !is_letter(*letter)) {
            return Err(NameProblem::Letter(letter));
        }
        let inner = text.strip_prefix('/').unwrap_or(text);
        if inner.contains('/') && !text.starts_with('/') {
            return Err(NameProblem::NotQualified);
        }
        if inner.split('/').any(str::is_empty) {
            return Err(NameProblem::EmptyLevel);
        }
        let lower = inner.to_ascii_lowercase();
        if let Some(prefix) = RESERVED.iter().find(|prefix| lower.starts_with(**prefix)) {
            return Err(NameProblem::Reserved(prefix));
        }
        let levels = inner.split('/').count();
        if levels > MOST_LEVELS {
            return Err(NameProblem::TooDeep(levels));
        }
        // A plain name is `parameter/NAME` in its ARN.
        let length = inner.len() + 1;
        let most = MOST_NAME.saturating_sub(ARN_WITHOUT_REGION + region.len());
        if length > most {
            return Err(NameProblem::TooLong { length, most });
        }
        Ok(Self(text.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

const fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.' | '-' | '/')
}

/// A name below a path, without it: `db/password` of `/polls/prod/db/password` below `/polls/prod`.
pub fn relative<'a>(name: &'a str, path: &str) -> Option<&'a str> {
    let path = path.trim_end_matches('/');
    if path.is_empty() {
        return Some(name.strip_prefix('/').unwrap_or(name));
    }
    let rest = name.strip_prefix(path)?.strip_prefix('/')?;
    (!rest.is_empty()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn problem(text: &str) -> NameProblem {
        ParameterName::parse(text, "us-east-2").expect_err("it is refused")
    }

    #[test]
    fn what_the_documents_of_aws_refuse_is_refused() {
        // The examples of the user guide.
        for name in ["awsTestParameter", "SSM-testparameter", "/aws/testparam1"] {
            assert!(matches!(problem(name), NameProblem::Reserved(_)), "{name}");
        }
        assert_eq!(problem("MyParameter3/L1"), NameProblem::NotQualified);
        assert_eq!(problem("my parameter"), NameProblem::Letter(' '));
        assert_eq!(problem("/a//b"), NameProblem::EmptyLevel);
        assert_eq!(problem("/a/"), NameProblem::EmptyLevel);
        assert_eq!(problem("/"), NameProblem::EmptyLevel);
        assert_eq!(problem(""), NameProblem::Empty);
        for name in [
            "MyParameter1",
            "/MyParameter2",
            "/Dev/Production/East/Project-ABC/MyParameter",
        ] {
            assert!(ParameterName::parse(name, "us-east-2").is_ok(), "{name}");
        }
    }

    #[test]
    fn fifteen_levels_are_taken_and_sixteen_are_not() {
        let levels = |count: usize| "/l".repeat(count);
        assert!(ParameterName::parse(&levels(15), "us-east-2").is_ok());
        assert_eq!(problem(&levels(16)), NameProblem::TooDeep(16));
    }

    #[test]
    fn the_arn_before_a_name_counts_as_the_documents_say() {
        // 45 letters in us-east-2, the `/` of the name among them: 966 are left for the rest.
        let name = format!("/{}", "a".repeat(966));
        assert!(ParameterName::parse(&name, "us-east-2").is_ok());
        assert!(matches!(
            problem(&format!("{name}a")),
            NameProblem::TooLong { .. }
        ));
    }

    #[test]
    fn the_way_out_of_wrong_letters_levels_and_beginnings_is_a_name_that_is_taken() {
        for name in ["my parameter", "shop/db", "/a//b/", "ü/x"] {
            let mut now = name.to_owned();
            for _ in 0..4 {
                let Err(problem) = ParameterName::parse(&now, "eu-west-1") else {
                    break;
                };
                let way = problem.way_out(&now);
                now = way.strip_prefix("Name it ").expect("a name").to_owned();
            }
            assert!(
                ParameterName::parse(&now, "eu-west-1").is_ok(),
                "{name} -> {now}"
            );
        }
    }

    #[test]
    fn a_name_below_a_path_is_cut_at_a_level_and_nowhere_else() {
        assert_eq!(relative("/a/b/c", "/a"), Some("b/c"));
        assert_eq!(relative("/a/b/c", "/a/"), Some("b/c"));
        assert_eq!(relative("/ab/c", "/a"), None);
        assert_eq!(relative("/a", "/a"), None);
        assert_eq!(relative("/a/b", "/"), Some("a/b"));
        assert_eq!(relative("plain", "/"), Some("plain"));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic_and_what_is_taken_keeps_the_rules(text in "\\PC{0,40}|[/a-z.A-Z]{0,60}") {
            if let Ok(name) = ParameterName::parse(&text, "eu-west-1") {
                prop_assert!(name.as_str().chars().all(is_letter));
                prop_assert!(!name.as_str().contains("//"));
                let inner = name.as_str().trim_start_matches('/').to_ascii_lowercase();
                prop_assert!(!inner.starts_with("aws") && !inner.starts_with("ssm"));
            }
        }
    }
}
