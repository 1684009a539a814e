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
        "Put quotes around the value; if the line is a key of its own, begin it below the first letter of the key before",
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
        "unexpected character",
        "a value begins with a sign that YAML keeps for itself",
        "Put quotes around the value",
    ),
    (
        "scanning an anchor or alias",
        "`*` and `&` begin the name of an anchor, and no name follows",
        "Put quotes around the value",
    ),
    (
        "unknown escape",
        "a `\\` in double quotes begins a letter that YAML does not know",
        "Write `\\\\` for a backslash, or use single quotes",
    ),
    (
        "trailing content",
        "something follows the end of a quoted text",
        "Put the whole value in quotes; inside single quotes a quote is written twice",
    ),
    (
        "misplaced bracket",
        "a bracket closes that none opened",
        "Take it out, or put quotes around the value",
    ),
    (
        "did not find expected key",
        "the line stands neither below the key before it nor beside it",
        "Indent it as the keys it belongs to",
    ),
    (
        "expected '-' indicator",
        "a key stands where the list before it goes on",
        "Begin the line with `-`, or put the list below a key",
    ),
    (
        "block sequence entries",
        "a list begins in the line of its key",
        "Begin it in the next line, or write it in brackets: `[a, b]`",
    ),
    (
        "tabs disallowed",
        "a tab stands where only spaces may",
        "Indent with spaces: YAML allows no tabs there",
    ),
    (
        "while parsing a flow",
        "a bracket is not closed, or a comma is missing in it",
        "Close brackets with `]` or `}`, and put a comma between what stands in them",
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
pub(super) fn of(info: &str) -> (&str, &'static str) {
    const ANYWHERE: &str =
        "Check the indentation and the quotes of this line and the one before it";
    KNOWN
        .iter()
        .find(|(part, ..)| info.contains(part))
        .map_or((info, ANYWHERE), |(_, what, advice)| (*what, *advice))
}
