//! One requirement: a package by its name, or a place that it comes from.

/// A package that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Requirement {
    /// Its name in normal form; empty for a place that does not say it.
    pub(crate) name: String,
    /// Its extras.
    pub(crate) extras: Vec<String>,
    /// Which versions: `==1.0`, `>=1,<2`; empty for any.
    pub(crate) versions: String,
    /// Where it comes from, when not from the index.
    pub(crate) place: Option<Place>,
    /// When it is wanted.
    pub(crate) marker: Option<String>,
    /// Digests that its file may have: `sha256:...`.
    pub(crate) hashes: Vec<String>,
    /// As it is written, without digests.
    pub(crate) written: String,
}

/// Where a package comes from that is in no index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// A wheel at an address.
    Wheel(String),
    /// A wheel of the project.
    OwnWheel(String),
    /// A folder or source archive of the project.
    Own(String),
    /// A source archive at an address.
    Source(String),
    /// A repository.
    Repository(String),
}

impl Place {
    /// Whether code of the package must run to make it a wheel.
    pub(crate) const fn is_source(&self) -> bool {
        matches!(self, Self::Own(_) | Self::Source(_) | Self::Repository(_))
    }

    /// Reads a path or an address.
    fn read(text: &str) -> Option<Self> {
        // A fragment may hold the digest or the name; neither says what kind it is.
        let bare = text.split(['#', '?']).next().unwrap_or(text);
        if ["git+", "hg+", "svn+", "bzr+"]
            .iter()
            .any(|start| text.starts_with(start))
        {
            return Some(Self::Repository(text.to_owned()));
        }
        if ["http://", "https://"]
            .iter()
            .any(|start| text.starts_with(start))
        {
            return Some(if is_wheel(bare) {
                Self::Wheel(text.to_owned())
            } else {
                Self::Source(text.to_owned())
            });
        }
        let path = text.strip_prefix("file:").unwrap_or(text);
        let path = path.strip_prefix("//").unwrap_or(path);
        let path = path.split('#').next().unwrap_or(path);
        let looks = text.starts_with("file:")
            || path.starts_with(['.', '/', '~'])
            || path.contains('/')
            || is_wheel(path)
            || [".tar.gz", ".zip", ".tar.bz2", ".tgz"]
                .iter()
                .any(|end| path.ends_with(end));
        looks.then(|| {
            if is_wheel(path) {
                Self::OwnWheel(path.to_owned())
            } else {
                Self::Own(path.to_owned())
            }
        })
    }
}

fn is_wheel(text: &str) -> bool {
    text.to_ascii_lowercase().ends_with(".whl")
}

impl Requirement {
    /// A version from a lock.
    pub(crate) fn pinned(name: &str, version: &str, hashes: Vec<String>) -> Self {
        Self {
            name: normal_name(name),
            extras: Vec::new(),
            versions: format!("=={version}"),
            place: None,
            marker: None,
            hashes,
            written: format!("{}=={version}", normal_name(name)),
        }
    }

    /// A place from a lock.
    pub(crate) fn placed(name: &str, place: Place, written: String) -> Self {
        Self {
            name: normal_name(name),
            extras: Vec::new(),
            versions: String::new(),
            place: Some(place),
            marker: None,
            hashes: Vec::new(),
            written,
        }
    }

    /// Reads what stands in a line of `requirements.txt`, its options taken off already.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let mut requirement = Self {
            name: String::new(),
            extras: Vec::new(),
            versions: String::new(),
            place: None,
            marker: None,
            hashes: Vec::new(),
            written: text.to_owned(),
        };
        let (what, marker) = split_marker(text);
        requirement.marker = marker;
        let length = what
            .find(|letter: char| !letter.is_ascii_alphanumeric() && !"-_.".contains(letter))
            .unwrap_or(what.len());
        let (name, rest) = what.split_at_checked(length)?;
        let (extras, rest) = split_extras(rest.trim_start())?;
        if is_name(name)
            && let Some(place) = rest.strip_prefix('@')
        {
            requirement.name = normal_name(name);
            requirement.extras = extras;
            requirement.place = Some(Place::read(place.trim())?);
            return Some(requirement);
        }
        if let Some(place) = Place::read(what) {
            if let Some((_, name)) = what.split_once("#egg=") {
                let end = name.find(['&', '[']).unwrap_or(name.len());
                requirement.name = normal_name(name.get(..end).unwrap_or(name));
            }
            requirement.place = Some(place);
            return Some(requirement);
        }
        if !is_name(name) {
            return None;
        }
        requirement.name = normal_name(name);
        requirement.extras = extras;
        let versions = rest.trim().trim_start_matches('(').trim_end_matches(')');
        requirement.versions = versions.split_whitespace().collect();
        is_specifier(&requirement.versions).then_some(requirement)
    }

    /// As the tool that fetches is told: no marker (it was asked already), digests as options, and what the
    /// project brings along by its whole path below `root`.
    pub(crate) fn line(&self, root: &str) -> String {
        let mut line = match &self.place {
            Some(Place::Wheel(place)) if !self.name.is_empty() => {
                format!("{}{} @ {place}", self.name, extras(&self.extras))
            }
            Some(Place::Wheel(place) | Place::Source(place) | Place::Repository(place)) => {
                place.clone()
            }
            Some(Place::OwnWheel(place) | Place::Own(place)) => format!("{root}/{place}"),
            None => format!("{}{}{}", self.name, extras(&self.extras), self.versions),
        };
        for hash in &self.hashes {
            line.push_str(" --hash=");
            line.push_str(hash);
        }
        line
    }
}

fn extras(extras: &[String]) -> String {
    if extras.is_empty() {
        String::new()
    } else {
        format!("[{}]", extras.join(","))
    }
}

/// The name that all spellings of a package's name share.
pub(crate) fn normal_name(name: &str) -> String {
    let mut normal = String::with_capacity(name.len());
    for letter in name.trim().chars() {
        if "-_.".contains(letter) {
            if !normal.ends_with('-') {
                normal.push('-');
            }
        } else {
            normal.push(letter.to_ascii_lowercase());
        }
    }
    normal
}

fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.ends_with(|last: char| last.is_ascii_alphanumeric())
}

/// The marker stands after a semicolon; in an address only after a space too, for an address may hold one.
fn split_marker(text: &str) -> (&str, Option<String>) {
    let is_address = text.contains("://");
    let at = if is_address {
        text.find(" ;")
    } else {
        text.find(';')
    };
    let Some((what, marker)) = at.and_then(|at| text.split_at_checked(at)) else {
        return (text.trim(), None);
    };
    let marker = marker.trim_start_matches([' ', ';']).trim();
    (what.trim(), (!marker.is_empty()).then(|| marker.to_owned()))
}

fn split_extras(text: &str) -> Option<(Vec<String>, &str)> {
    let Some(inside) = text.strip_prefix('[') else {
        return Some((Vec::new(), text));
    };
    let (list, rest) = inside.split_once(']')?;
    let extras = list
        .split(',')
        .map(str::trim)
        .filter(|extra| !extra.is_empty());
    Some((extras.map(str::to_owned).collect(), rest.trim_start()))
}

const OPERATORS: &[&str] = &["==", "===", "!=", "~=", "<", ">", "<=", ">="];

fn is_specifier(versions: &str) -> bool {
    versions.is_empty()
        || versions.split(',').all(|one| {
            let version = one.trim_start_matches(['<', '>', '=', '!', '~']);
            let operator = one.strip_suffix(version).unwrap_or_default();
            OPERATORS.contains(&operator)
                && !version.is_empty()
                && version
                    .chars()
                    .all(|letter| letter.is_ascii_alphanumeric() || ".*+!-_".contains(letter))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_versions_extras_and_markers_are_read() {
        let read = Requirement::parse("Foo_Bar.baz [a, b] >= 1.0 , <2 ; python_version > '3'")
            .expect("a requirement");
        assert_eq!(read.name, "foo-bar-baz");
        assert_eq!(read.extras, ["a", "b"]);
        assert_eq!(read.versions, ">=1.0,<2");
        assert_eq!(read.marker.as_deref(), Some("python_version > '3'"));
        assert_eq!(read.line("/p"), "foo-bar-baz[a,b]>=1.0,<2");
    }

    #[test]
    fn places_are_told_apart() {
        let place = |text: &str| Requirement::parse(text).and_then(|read| read.place);
        assert!(matches!(
            place("x @ https://h/x-1-py3-none-any.whl#sha256=ab"),
            Some(Place::Wheel(_))
        ));
        assert!(matches!(
            place("https://h/x-1.tar.gz"),
            Some(Place::Source(_))
        ));
        assert!(matches!(
            place("git+https://h/x@v1#egg=x"),
            Some(Place::Repository(_))
        ));
        assert!(matches!(
            place("x @ git+ssh://git@h/x.git"),
            Some(Place::Repository(_))
        ));
        assert!(matches!(
            place("./wheels/x-1-py3-none-any.whl"),
            Some(Place::OwnWheel(_))
        ));
        assert_eq!(place("./libs/x"), Some(Place::Own("./libs/x".to_owned())));
        assert_eq!(place("."), Some(Place::Own(".".to_owned())));
        assert_eq!(
            place("x @ file:libs/x"),
            Some(Place::Own("libs/x".to_owned()))
        );
        assert_eq!(place("x==1"), None);
        let named = Requirement::parse("git+https://h/r@v1#egg=My_Name").expect("a requirement");
        assert_eq!(named.name, "my-name");
    }

    #[test]
    fn nonsense_is_none() {
        for text in ["", "=1", "foo = 1", "foo bar", "foo[", "-x", "foo=="] {
            assert_eq!(Requirement::parse(text), None, "{text}");
        }
    }
}
