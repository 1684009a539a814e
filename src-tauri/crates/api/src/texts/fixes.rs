//! Changes of a text that put a finding right.

use std::ops::Range;

use pilothouse_model::{Diagnostic, Fix, Sources};

/// A change of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFix {
    /// What it does, for a button: `Write timeout`.
    pub words: String,
    /// The bytes that go.
    pub range: Range<usize>,
    /// What comes instead.
    pub text: String,
}

/// The change that puts a finding right, when it is one of this file's text.
pub fn fix(found: &Diagnostic, file: &str, sources: &Sources) -> Option<TextFix> {
    let fix = found.fix.as_ref()?;
    let at = match fix {
        Fix::Write { at, .. } | Fix::Remove { at } => at,
    };
    if at.source.as_str() != file {
        return None;
    }
    let whole = sources.text(&at.source)?;
    match fix {
        Fix::Write { text, .. } => {
            let written = whole.get(at.start..at.end)?;
            let quote = written
                .chars()
                .next()
                .filter(|first| matches!(first, '"' | '\''));
            let quote = quote.map(String::from).unwrap_or_default();
            Some(TextFix {
                words: format!("Write {text}"),
                range: at.start..at.end,
                text: format!("{quote}{text}{quote}"),
            })
        }
        Fix::Remove { .. } => {
            let name = whole.get(at.start..at.end)?;
            let name = name.split(':').next().unwrap_or_default();
            Some(TextFix {
                words: format!("Remove {}", name.trim_matches(['"', '\''])),
                range: lines(whole, at.start..at.end)?,
                text: String::new(),
            })
        }
    }
}

/// The lines of a key and its value, when they hold nothing else. Comments behind them belong to what follows.
fn lines(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let start = text.get(..range.start)?.rfind('\n').map_or(0, |at| at + 1);
    if !text.get(start..range.start)?.trim().is_empty() {
        return None;
    }
    let mut end = range.end;
    loop {
        let kept = text.get(range.start..end)?.trim_end();
        end = range.start + kept.len();
        let line = kept.rfind('\n').map_or(0, |at| at + 1);
        if line == 0 || !kept.get(line..)?.trim_start().starts_with('#') {
            break;
        }
        end = range.start + line;
    }
    let rest = text.get(end..)?;
    let length = rest.find('\n').map_or(rest.len(), |at| at + 1);
    let behind = rest.get(..length)?.trim();
    (behind.is_empty() || behind.starts_with('#')).then_some(start..end + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str, part: &str) -> Option<String> {
        let start = text.find(part)?;
        let range = lines(text, start..start + part.len())?;
        let mut left = text.to_owned();
        left.replace_range(range, "");
        Some(left)
    }

    #[test]
    fn a_key_goes_with_its_lines_and_leaves_the_comment_of_the_next() {
        let text = "a: 1\nb:\n  c: 2 # x\n\n# of d\nd: 3\n";
        assert_eq!(
            without(text, "a: 1").as_deref(),
            Some("b:\n  c: 2 # x\n\n# of d\nd: 3\n")
        );
        assert_eq!(
            without(text, "b:\n  c: 2 # x\n\n# of d\n").as_deref(),
            Some("a: 1\n\n# of d\nd: 3\n")
        );
        assert_eq!(
            without(text, "d: 3").as_deref(),
            Some("a: 1\nb:\n  c: 2 # x\n\n# of d\n")
        );
    }

    #[test]
    fn a_key_that_shares_its_line_stays() {
        assert_eq!(without("x: {a: 1, b: 2}\n", "a: 1"), None);
        assert_eq!(without("- a: 1\n  b: 2\n", "a: 1"), None);
    }
}
