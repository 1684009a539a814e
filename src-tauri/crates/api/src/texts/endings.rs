//! The ends of lines, and the mark at the beginning: an edit changes the lines it changes, and none of these.

/// The byte-order mark.
const MARK: char = '\u{feff}';

/// The text as it is edited: without a mark, `\n` at the end of each line.
pub(super) fn plain(text: &str) -> String {
    let text = text.strip_prefix(MARK).unwrap_or(text);
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_owned()
    }
}

/// An edited text with the mark and the line ends of the file it came from. Lines before and after what was edited
/// keep their own; new ones end as most of the file's do.
pub(super) fn as_before(original: &str, edited: &str) -> String {
    let mark = if original.starts_with(MARK) {
        "\u{feff}"
    } else {
        ""
    };
    let original = original.strip_prefix(MARK).unwrap_or(original);
    let edited = plain(edited);
    if !original.contains('\r') {
        return format!("{mark}{edited}");
    }
    let old = lines(original);
    let new = lines(&edited);
    let same_start = old
        .iter()
        .zip(&new)
        .take_while(|(old, new)| same(**old, **new))
        .count();
    let most = old.len().min(new.len()) - same_start;
    let same_end = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(most)
        .take_while(|(old, new)| same(**old, **new))
        .count();
    let usual = usual(&old);
    let mut text = String::from(mark);
    for (at, (words, end)) in new.iter().enumerate() {
        text.push_str(words);
        let kept = if at < same_start {
            old.get(at)
        } else if at >= new.len() - same_end {
            old.get(at + old.len() - new.len())
        } else {
            None
        };
        text.push_str(kept.map_or(if end.is_empty() { "" } else { usual }, |(_, end)| end));
    }
    text
}

/// A line and what ends it.
type Line<'a> = (&'a str, &'a str);

/// The same words, and both with an end or both without.
fn same(one: Line<'_>, other: Line<'_>) -> bool {
    one.0 == other.0 && one.1.is_empty() == other.1.is_empty()
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let Some(at) = rest.find(['\r', '\n']) else {
            lines.push((rest, ""));
            break;
        };
        let (words, behind) = rest.split_at(at);
        let length = if behind.starts_with("\r\n") { 2 } else { 1 };
        let (end, next) = behind.split_at(length);
        lines.push((words, end));
        rest = next;
    }
    lines
}

fn usual<'a>(lines: &[Line<'a>]) -> &'a str {
    let count = |end: &str| lines.iter().filter(|line| line.1 == end).count();
    ["\r\n", "\n", "\r"]
        .into_iter()
        .max_by_key(|end| (count(end), *end == "\n"))
        .unwrap_or("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_odd_ends_is_as_it_was_edited() {
        assert_eq!(as_before("a\nb\n", "a\nc\n"), "a\nc\n");
        assert_eq!(plain("a\nb"), "a\nb");
    }

    #[test]
    fn the_mark_and_the_line_ends_of_the_file_are_kept() {
        let file = "\u{feff}a: 1\r\nb: 2\r\n";
        assert_eq!(plain(file), "a: 1\nb: 2\n");
        assert_eq!(as_before(file, &plain(file)), file);
        assert_eq!(
            as_before(file, "a: 1\nnew: 3\nb: 2\n"),
            "\u{feff}a: 1\r\nnew: 3\r\nb: 2\r\n"
        );
    }

    #[test]
    fn of_mixed_ends_only_those_of_edited_lines_change() {
        let file = "a\r\nb\nc\r\nd\rlast";
        assert_eq!(
            as_before(file, "a\nb\nX\nY\nd\nlast"),
            "a\r\nb\nX\r\nY\r\nd\rlast"
        );
        assert_eq!(
            as_before(file, "a\nb\nc\nd\nlast\n"),
            "a\r\nb\nc\r\nd\rlast\r\n"
        );
        assert_eq!(as_before(file, ""), "");
        assert_eq!(as_before("\r\n", "a"), "a");
    }
}
