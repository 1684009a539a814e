//! Words of a name, as lodash cuts them, for the logical ids that are made of words.

/// `application/json` is `ApplicationJson`.
pub(crate) fn start_case(text: &str) -> String {
    words(text)
        .iter()
        .map(|word| super::first_upper(word))
        .collect()
}

/// `create-request` is `createRequest`.
pub(crate) fn camel_case(text: &str) -> String {
    let words = words(text);
    let lower = words.iter().map(|word| word.to_lowercase());
    lower
        .enumerate()
        .map(|(at, word)| {
            if at == 0 {
                word
            } else {
                super::first_upper(&word)
            }
        })
        .collect()
}

/// Cuts a text where capitals, digits and signs begin: `fooBAR2baz` is `foo`, `BAR`, `2`, `baz`.
fn words(text: &str) -> Vec<String> {
    // An apostrophe is left out, so that it does not cut a word in two.
    let letters: Vec<char> = text
        .chars()
        .filter(|c| !matches!(c, '\'' | '\u{2019}'))
        .collect();
    let mut words = Vec::new();
    let mut rest = letters.as_slice();
    while let Some(first) = rest.first() {
        let length = match first {
            first if first.is_ascii_digit() => number(rest),
            first if first.is_uppercase() => capitals(rest),
            first if first.is_alphabetic() => {
                count(rest, |c| c.is_alphabetic() && !c.is_uppercase())
            }
            _ => {
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
        };
        let (word, after) = rest.split_at(length.clamp(1, rest.len()));
        words.push(word.iter().collect());
        rest = after;
    }
    words
}

fn count(letters: &[char], fits: impl Fn(char) -> bool) -> usize {
    letters.iter().take_while(|letter| fits(**letter)).count()
}

/// Digits, with the ending of an ordinal: `1st` is one word.
fn number(letters: &[char]) -> usize {
    let digits = count(letters, |letter| letter.is_ascii_digit());
    let at = |place: usize| letters.get(digits + place).copied();
    let (Some(one), Some(two)) = (at(0), at(1)) else {
        return digits;
    };
    let last = digits.checked_sub(1).and_then(|place| letters.get(place));
    let wanted = match last {
        Some('1') => "st",
        Some('2') => "nd",
        Some('3') => "rd",
        _ => "th",
    };
    let ending: String = [one, two].iter().collect();
    let ends = |other: fn(char) -> bool| at(2).is_none_or(|next| !is_of_word(next) || other(next));
    let ordinal = (ending == wanted && ends(|next| next.is_ascii_uppercase() || next == '_'))
        || (ending == wanted.to_uppercase()
            && ends(|next| next.is_ascii_lowercase() || next == '_'));
    if ordinal { digits + 2 } else { digits }
}

const fn is_of_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

/// A capital with the small letters behind it, or capitals up to the one that begins the next word.
fn capitals(letters: &[char]) -> usize {
    let upper = count(letters, char::is_uppercase);
    let next = letters.get(upper).copied();
    let small = |c: char| c.is_alphabetic() && !c.is_uppercase();
    match next {
        Some(next) if small(next) && upper == 1 => {
            1 + count(letters.get(1..).unwrap_or_default(), small)
        }
        Some(next) if small(next) => upper - 1,
        _ => upper,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_as_lodash_cuts_them() {
        for (text, start) in [
            ("application/json", "ApplicationJson"),
            (
                "application/x-www-form-urlencoded",
                "ApplicationXWwwFormUrlencoded",
            ),
            ("application/vnd.api+json", "ApplicationVndApiJson"),
            ("application/x-amz-json-1.1", "ApplicationXAmzJson11"),
            ("text/XMLHttp", "TextXMLHttp"),
            ("fooBAR2baz", "FooBAR2Baz"),
            ("1st place", "1stPlace"),
            ("a4th", "A4th"),
            ("don't", "Dont"),
            ("*/*", ""),
        ] {
            assert_eq!(start_case(text), start, "{text}");
        }
        for (text, camel) in [
            ("create-request", "createRequest"),
            ("CREATE_request", "createRequest"),
            ("PostModel", "postModel"),
            ("v2Order", "v2Order"),
            ("XMLHttp", "xmlHttp"),
        ] {
            assert_eq!(camel_case(text), camel, "{text}");
        }
    }
}
