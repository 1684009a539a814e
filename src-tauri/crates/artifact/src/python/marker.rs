//! Environment markers (PEP 508): `python_version < "3.11" and sys_platform == "linux"`, asked of the function's
//! runtime rather than of this computer.

use super::target::PythonTarget;
use super::version::meets;

/// Deeper nesting than anybody writes.
const MOST_DEPTH: usize = 50;

/// Whether a marker holds on the target, with these extras asked for; none when it is not well formed.
pub(crate) fn holds(marker: &str, target: &PythonTarget, extras: &[String]) -> Option<bool> {
    let tokens = tokens(marker)?;
    let mut reader = Reader {
        tokens: &tokens,
        target,
        extras,
        depth: 0,
    };
    let truth = reader.any()?;
    reader.tokens.is_empty().then_some(truth)
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Open,
    Close,
    Text(String),
    Word(String),
    Operator(String),
}

fn tokens(marker: &str) -> Option<Vec<Token>> {
    let mut found = Vec::new();
    let mut rest = marker.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '(' | ')' => {
                found.push(if first == '(' {
                    Token::Open
                } else {
                    Token::Close
                });
                1
            }
            '"' | '\'' => {
                let inside = rest.get(1..)?;
                let end = inside.find(first)?;
                found.push(Token::Text(inside.get(..end)?.to_owned()));
                end + 2
            }
            _ => {
                let is_operator = |letter: char| "<>=!~".contains(letter);
                let is_word =
                    |letter: char| letter.is_ascii_alphanumeric() || "_.".contains(letter);
                let of_operator = is_operator(first);
                let end = rest
                    .find(|letter| {
                        !if of_operator {
                            is_operator(letter)
                        } else {
                            is_word(letter)
                        }
                    })
                    .unwrap_or(rest.len());
                let text = rest.get(..end).filter(|text| !text.is_empty())?.to_owned();
                found.push(if of_operator {
                    Token::Operator(text)
                } else {
                    Token::Word(text)
                });
                end
            }
        };
        rest = rest.get(length..)?.trim_start();
    }
    Some(found)
}

struct Reader<'a> {
    tokens: &'a [Token],
    target: &'a PythonTarget,
    extras: &'a [String],
    depth: usize,
}

/// One side of a comparison.
enum Side {
    /// What is written.
    Written(String),
    /// A fact of the target; versions are compared as such.
    Fact { value: String, is_version: bool },
    /// `extra`.
    Extra,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<&'a Token> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        Some(first)
    }

    fn word_is(&mut self, wanted: &str) -> bool {
        let there = matches!(self.tokens.first(), Some(Token::Word(word)) if word == wanted);
        if there {
            self.next();
        }
        there
    }

    fn any(&mut self) -> Option<bool> {
        let mut truth = self.all()?;
        while self.word_is("or") {
            truth |= self.all()?;
        }
        Some(truth)
    }

    fn all(&mut self) -> Option<bool> {
        let mut truth = self.one()?;
        while self.word_is("and") {
            truth &= self.one()?;
        }
        Some(truth)
    }

    fn one(&mut self) -> Option<bool> {
        if self.tokens.first() == Some(&Token::Open) {
            self.next();
            self.depth += 1;
            if self.depth > MOST_DEPTH {
                return None;
            }
            let truth = self.any()?;
            self.depth -= 1;
            return (self.next()? == &Token::Close).then_some(truth);
        }
        let left = self.side()?;
        let operator = match self.next()? {
            Token::Operator(operator) => operator.clone(),
            Token::Word(word) if word == "in" => "in".to_owned(),
            Token::Word(word) if word == "not" && self.word_is("in") => "not in".to_owned(),
            _ => return None,
        };
        let right = self.side()?;
        self.compare(&left, &operator, &right)
    }

    fn side(&mut self) -> Option<Side> {
        match self.next()? {
            Token::Text(text) => Some(Side::Written(text.clone())),
            Token::Word(word) if matches!(word.as_str(), "extra" | "extras") => Some(Side::Extra),
            // Groups are chosen where a lock is read; none is asked for here.
            Token::Word(word) if word == "dependency_groups" => Some(Side::Written(String::new())),
            Token::Word(word) => {
                let value = self.target.fact(word)?;
                let is_version = word.ends_with("version") && word != "platform_version";
                Some(Side::Fact { value, is_version })
            }
            _ => None,
        }
    }

    fn compare(&self, left: &Side, operator: &str, right: &Side) -> Option<bool> {
        match (left, right) {
            (Side::Extra, Side::Written(name)) | (Side::Written(name), Side::Extra) => {
                let name = super::requirement::normal_name(name);
                let asked = self
                    .extras
                    .iter()
                    .any(|extra| super::requirement::normal_name(extra) == name);
                Some(match operator {
                    "==" | "in" => asked,
                    _ => !asked,
                })
            }
            (Side::Fact { value, is_version }, Side::Written(wanted)) => {
                compare(value, operator, wanted, *is_version)
            }
            (Side::Written(wanted), Side::Fact { value, is_version }) => match operator {
                // `"3.8" <= python_version` asks the other way round.
                "in" | "not in" => compare(wanted, operator, value, false),
                _ => compare(value, turned(operator), wanted, *is_version),
            },
            (Side::Written(one), Side::Written(other)) => compare(one, operator, other, false),
            _ => None,
        }
    }
}

fn turned(operator: &str) -> &str {
    match operator {
        "<" => ">",
        ">" => "<",
        "<=" => ">=",
        ">=" => "<=",
        same => same,
    }
}

fn compare(value: &str, operator: &str, wanted: &str, is_version: bool) -> Option<bool> {
    match operator {
        "in" if is_version => Some(listed(value, wanted)),
        "not in" if is_version => Some(!listed(value, wanted)),
        "in" => Some(wanted.contains(value)),
        "not in" => Some(!wanted.contains(value)),
        _ if is_version => meets(value, operator, wanted),
        "==" | "===" => Some(value == wanted),
        "!=" => Some(value != wanted),
        "<" => Some(value < wanted),
        ">" => Some(value > wanted),
        "<=" => Some(value <= wanted),
        ">=" => Some(value >= wanted),
        _ => None,
    }
}

/// `python_version in "3.8, 3.9"`: one of the versions, not a part of the text, or 3.1 would be in 3.12.
fn listed(value: &str, list: &str) -> bool {
    list.split([',', ' ', '|'])
        .any(|one| !one.is_empty() && meets(value, "==", one).unwrap_or(false))
}

#[cfg(test)]
mod tests {
    use super::super::target::Architecture;
    use super::*;

    fn on(marker: &str) -> Option<bool> {
        let target = PythonTarget::new(12, Architecture::Arm64);
        holds(marker, &target, &["Socks_5".to_owned()])
    }

    #[test]
    fn markers_are_asked_of_the_functions_runtime() {
        for (marker, wanted) in [
            ("python_version >= '3.10'", true),
            ("python_version < \"3.11\"", false),
            ("'3.9' <= python_version", true),
            ("python_full_version < '3.12.1'", true),
            ("python_version in '3.11, 3.12'", true),
            ("python_version not in '3.1 3.2'", true),
            (
                "sys_platform == 'win32' or platform_machine == 'aarch64'",
                true,
            ),
            (
                "sys_platform == 'win32' and platform_machine == 'aarch64'",
                false,
            ),
            (
                "(os_name == 'nt' or os_name == 'posix') and platform_system == 'Linux'",
                true,
            ),
            ("implementation_name == 'pypy'", false),
            ("platform_python_implementation != 'PyPy'", true),
            ("extra == 'socks-5'", true),
            ("extra == 'other'", false),
            ("'linux' in sys_platform", true),
        ] {
            assert_eq!(on(marker), Some(wanted), "{marker}");
        }
    }

    #[test]
    fn what_is_not_a_marker_is_none() {
        for marker in [
            "",
            "python_version",
            "python_version >=",
            "(os_name == 'nt'",
            "no_such == 'x'",
            "os_name == nt'",
            "os_name == 'nt' 'x'",
        ] {
            assert_eq!(on(marker), None, "{marker}");
        }
        let deep = format!("{}os_name == 'nt'{}", "(".repeat(9000), ")".repeat(9000));
        assert_eq!(on(&deep), None);
    }
}
