//! `.env` files: `NAME=value` on each line; a value in quotes may go over several.

use indexmap::IndexMap;

/// The value of a name, the last one written winning.
pub(super) fn value_of(text: &str, name: &str) -> Option<String> {
    all(text).shift_remove(name)
}

/// Every name and its value, the last one written winning.
pub(crate) fn all(text: &str) -> IndexMap<String, String> {
    let text = text.replace("\r\n", "\n");
    let mut values = IndexMap::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        match name_of(line) {
            Some((name, value)) => {
                // A value begins in its line; where its quote closes later, so does the entry.
                let written = rest.get(line.len() - value.len()..).unwrap_or(value);
                let (value, left) = value_at(written, value, after);
                values.insert(name.to_owned(), value);
                rest = left;
            }
            None => rest = after,
        }
    }
    values
}

/// The name of a line, and what is written after it.
fn name_of(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start();
    let line = match line.strip_prefix("export") {
        Some(rest) if rest.starts_with(char::is_whitespace) => rest.trim_start(),
        _ => line,
    };
    let end =
        line.find(|letter: char| !(letter.is_ascii_alphanumeric() || "_.-".contains(letter)))?;
    let (name, rest) = line
        .split_at_checked(end)
        .filter(|(name, _)| !name.is_empty())?;
    let value = match rest.trim_start().strip_prefix('=') {
        Some(value) => value,
        None => rest
            .strip_prefix(':')
            .filter(|value| value.starts_with(char::is_whitespace))?,
    };
    Some((name, value.trim_start()))
}

/// A value and what follows it: `whole` is the text from the value on, `line` its first line, `after` what is below.
fn value_at<'t>(whole: &'t str, line: &'t str, after: &'t str) -> (String, &'t str) {
    for quote in ['"', '\'', '`'] {
        let Some(inside) = whole.strip_prefix(quote) else {
            continue;
        };
        let Some(end) = closing(inside, quote) else {
            break;
        };
        let (value, rest) = inside.split_at_checked(end).unwrap_or((inside, ""));
        let value = match quote {
            '"' => value.replace("\\n", "\n").replace("\\r", "\r"),
            _ => value.to_owned(),
        };
        return (value, rest.split_once('\n').map_or("", |(_, rest)| rest));
    }
    let value = line.split('#').next().unwrap_or_default().trim_end();
    (value.to_owned(), after)
}

/// Where a quote closes that is not behind a backslash.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut before = ' ';
    for (at, letter) in text.char_indices() {
        if letter == quote && before != '\\' {
            return Some(at);
        }
        before = letter;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::all;

    #[test]
    fn every_way_of_writing_a_value_is_read() {
        let text = "# a comment\nA=1\r\n export B = two words # said\nC='it # stays'\nD=\"a\\nb\"\nE=`q`\nF=\n\
                    G: yes\nH='two\nlines'\nI=\"open\nA=2\nnot a line\nJ.k-l=x=y\n";
        let read = all(text);
        let read: Vec<(&str, &str)> = read.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        assert_eq!(
            read,
            [
                ("A", "2"),
                ("B", "two words"),
                ("C", "it # stays"),
                ("D", "a\nb"),
                ("E", "q"),
                ("F", ""),
                ("G", "yes"),
                ("H", "two\nlines"),
                ("I", "\"open"),
                ("J.k-l", "x=y"),
            ]
        );
    }
}
