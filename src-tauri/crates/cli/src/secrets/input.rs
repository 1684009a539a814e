//! Where a value comes from, and the words that options take.

use std::io::{self, IsTerminal as _, Read as _};
use std::time::Duration;

use pilothouse_api::parameters::{ParameterType, TagView, Tier};
use pilothouse_api::{ApiError, Host, Kind, Retry, parameters};
use pilothouse_model::{Code, Secret};

use crate::host::hidden_answer;

/// Values of an argument list can be read by every program of this computer, and stay in the shell's history.
pub(super) fn refuse_value(name: &str) -> ApiError {
    ApiError::new(
        Code::Usage,
        Kind::User,
        "a value is not taken from the command line, where other programs can read it",
    )
    .hint(format!(
        "To be asked for it without it being shown: pilothouse secrets set {name}"
    ))
    .hint(format!(
        "From a file: pilothouse secrets set {name} --from-file FILE"
    ))
    .hint(format!(
        "From a program: PROGRAM | pilothouse secrets set {name}"
    ))
    .hint(
        "This one is in the history of your shell now: take it out there, and choose another value",
    )
    .retry(Retry::After)
}

/// The value: of a file, of standard input, or typed without being shown.
pub(super) fn value(host: &Host, file: Option<&str>, name: &str) -> Result<Secret, ApiError> {
    if let Some(file) = file {
        return parameters::value_of_file(host, file);
    }
    let unread = |problem: io::Error| {
        ApiError::new(Code::Usage, Kind::User, "the value cannot be read")
            .detail(problem.to_string())
    };
    if io::stdin().is_terminal() {
        let typed = hidden_answer(&format!("Value of {name} (not shown): ")).map_err(unread)?;
        return typed.map(Secret::new).ok_or_else(nobody);
    }
    let mut text = String::new();
    io::stdin()
        .lock()
        .read_to_string(&mut text)
        .map_err(unread)?;
    // `echo` ends what it writes with the end of a line, which is no part of a value. A file is taken as it stands.
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    Ok(Secret::new(text))
}

fn nobody() -> ApiError {
    ApiError::new(
        Code::NotConfirmed,
        Kind::User,
        "nobody is there to be asked for the value",
    )
    .hint("Pipe it in, or name a file: --from-file FILE")
}

pub(super) fn kind(text: &str) -> Result<ParameterType, String> {
    match text.to_ascii_lowercase().as_str() {
        "string" => Ok(ParameterType::String),
        "stringlist" | "list" => Ok(ParameterType::StringList),
        "securestring" | "secure" | "secret" => Ok(ParameterType::SecureString),
        _ => Err("write String, StringList or SecureString".to_owned()),
    }
}

pub(super) fn tier(text: &str) -> Result<Tier, String> {
    match text.to_ascii_lowercase().as_str() {
        "standard" => Ok(Tier::Standard),
        "advanced" => Ok(Tier::Advanced),
        "intelligent" | "intelligent-tiering" => Ok(Tier::IntelligentTiering),
        _ => Err("write Standard, Advanced or Intelligent-Tiering".to_owned()),
    }
}

pub(super) fn tag(text: &str) -> Result<TagView, String> {
    let (key, value) = text.split_once('=').ok_or("write KEY=VALUE")?;
    Ok(TagView {
        key: key.to_owned(),
        value: value.to_owned(),
    })
}

pub(super) fn age(text: &str) -> Result<Duration, String> {
    const DAY: u64 = 24 * 60 * 60;
    let wrong = || "write days or hours, such as 90d or 12h".to_owned();
    let at = text.len().saturating_sub(1);
    let (digits, unit) = (text.get(..at), text.get(at..));
    let number: u64 = digits
        .and_then(|digits| digits.parse().ok())
        .ok_or_else(wrong)?;
    match unit {
        Some("d") => Ok(Duration::from_secs(number.saturating_mul(DAY))),
        Some("h") => Ok(Duration::from_secs(number.saturating_mul(60 * 60))),
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_options_are_read_in_any_case_and_refused_with_what_to_write() {
        assert_eq!(kind("securestring"), Ok(ParameterType::SecureString));
        assert_eq!(kind("List"), Ok(ParameterType::StringList));
        assert!(kind("text").is_err());
        assert_eq!(tier("ADVANCED"), Ok(Tier::Advanced));
        assert_eq!(age("90d"), Ok(Duration::from_secs(90 * 86_400)));
        assert_eq!(age("12h"), Ok(Duration::from_secs(43_200)));
        for wrong in ["", "d", "90", "9w", "-1d", "ü"] {
            assert!(age(wrong).is_err(), "{wrong}");
        }
        assert_eq!(
            tag("a=b=c").map(|tag| (tag.key, tag.value)),
            Ok(("a".to_owned(), "b=c".to_owned()))
        );
    }
}
