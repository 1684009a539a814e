//! The parser's words about broken YAML, in words for the person who wrote it.

/// Parts of the parser's words, what they mean, and what to do.
const KNOWN: &[(&str, &str, &str)] = &[
    (
        "found a tab",
        "a tab stands where only spaces may",
        "Indent with spaces: YAML allows no tabs there",
    ),
    (
        "mapping values are not allowed",
        "a `:` with a space behind it stands inside a value",
        "Put quotes around the value, or begin a line of its own for the second key",
    ),
    (
        "unknown anchor",
        "an alias names an anchor that is not written before it",
        "Write `&name` before the value it stands for, or put quotes around a text that begins with `*`",
    ),
    (
        "did not find expected node content",
        "a value is expected here and nothing stands there",
        "Close the brackets `[` and `{` that are open, or write the value",
    ),
    (
        "indentation in quoted scalar",
        "a quoted text goes on in the next line with too little indentation",
        "Close the quotes at the end of the text: one that opens it is not closed",
    ),
    (
        "unclosed bracket",
        "a bracket is not closed",
        "Close it with `]` or `}`",
    ),
    (
        "end of stream",
        "the file ends within a quoted text or a bracket",
        "Close the quotes or brackets that are open",
    ),
    (
        "could not find expected ':'",
        "a key has no `:` behind it",
        "Write `key: value`, and indent what belongs to the line before",
    ),
    (
        "simple key expect",
        "a key has no `:` behind it",
        "Write `key: value`, and indent what belongs to the line before",
    ),
    (
        "did not find expected <document start>",
        "the line stands further left than what it belongs to",
        "Indent it as the lines it belongs to",
    ),
    (
        "block collection entry",
        "a `-` stands where a key is expected",
        "Indent the `-` as the other items of its list",
    ),
];

/// What is wrong, and what to do about it.
pub(super) fn of<'a>(info: &'a str, line: &str) -> (&'a str, &'static str) {
    const ANYWHERE: &str =
        "Check the indentation and the quotes of this line and the one before it";
    let begins = line.trim_start();
    if begins.starts_with('@') || begins.starts_with('`') || info.contains("cannot start any token")
    {
        return (
            "a value begins with a sign that YAML keeps for itself",
            "Put quotes around the value",
        );
    }
    KNOWN
        .iter()
        .find(|(part, ..)| info.contains(part))
        .map_or((info, ANYWHERE), |(_, what, advice)| (*what, *advice))
}
