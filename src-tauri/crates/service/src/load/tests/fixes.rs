//! Changes that put findings right, and what is said where there is none.

use pilothouse_model::{Code, Diagnostic, Fix};

use super::{HEAD, Options, load_named};

/// Everything found, errors or not.
fn found(text: &str) -> Vec<Diagnostic> {
    match load_named("serverless.yml", text, &Options::default()) {
        Ok(loaded) => loaded.warnings.0,
        Err(rejected) => rejected.diagnostics.0,
    }
}

/// What the fix of the first finding of a code writes, and over what.
fn fixed(text: &str, code: Code) -> Option<(String, String)> {
    let all = found(text);
    let one = all
        .iter()
        .find(|one| one.code == code)
        .unwrap_or_else(|| panic!("{code} is not found in {text}: {all:#?}"));
    let (at, new) = match one.fix.as_ref()? {
        Fix::Write { at, text } => (at, text.clone()),
        Fix::Remove { at } => (at, String::new()),
    };
    Some((text[at.start..at.end].to_owned(), new))
}

fn written(over: &str, text: &str) -> Option<(String, String)> {
    Some((over.to_owned(), text.to_owned()))
}

#[test]
fn the_nearest_name_is_written_over_a_slip() {
    let text = format!("{HEAD}functions:\n  a:\n    handler: x.y\n    timout: 3\n");
    assert_eq!(
        fixed(&text, Code::ConfigUnknownKey),
        written("timout", "timeout")
    );
    let text = format!("{HEAD}  region: us-est-1\n");
    assert_eq!(
        fixed(&text, Code::ConfigBadValue),
        written("us-est-1", "us-east-1")
    );
}

#[test]
fn a_name_that_stands_there_already_is_not_offered() {
    let text = format!("{HEAD}  runtme: python3.13\n");
    assert_eq!(fixed(&text, Code::ConfigUnknownKey), None);
}

#[test]
fn what_has_no_like_or_does_nothing_can_go() {
    let text = format!("{HEAD}zebra:\n  a: 1\n");
    assert_eq!(
        fixed(&text, Code::ConfigUnknownKey),
        written("zebra:\n  a: 1\n", "")
    );
    let text = format!("{HEAD}variablesResolutionMode: 1\n");
    assert_eq!(
        fixed(&text, Code::ConfigDeprecated),
        written("variablesResolutionMode: 1", "")
    );
}

#[test]
fn an_old_spelling_is_renamed_where_the_new_one_stands_at_the_same_place() {
    let text = format!("{HEAD}package:\n  include: [a]\n");
    assert_eq!(
        fixed(&text, Code::ConfigDeprecated),
        written("include", "patterns")
    );
    for text in [
        format!("{HEAD}package:\n  exclude: [a]\n"),
        format!("{HEAD}  iamRoleStatements: []\n"),
    ] {
        assert_eq!(fixed(&text, Code::ConfigDeprecated), None, "{text}");
    }
}

#[test]
fn keys_of_an_event_that_stand_too_far_left_are_to_be_indented() {
    let text = format!(
        "{HEAD}functions:\n  a:\n    handler: x.y\n    events:\n      - http:\n        path: b\n        method: get\n"
    );
    let all = found(&text);
    let unknown: Vec<&Diagnostic> = all
        .iter()
        .filter(|one| one.code == Code::ConfigUnknownKey)
        .collect();
    assert_eq!(unknown.len(), 2);
    for one in unknown {
        assert!(
            one.hint
                .as_deref()
                .is_some_and(|hint| hint.contains("key of `http`"))
        );
        assert_eq!(one.fix, None);
    }
}

#[test]
fn what_is_missing_is_told_once() {
    let text = format!(
        "{HEAD}functions:\n  a:\n    handler: x.y\n    events:\n      - http:\n          path: b\n"
    );
    let codes: Vec<Code> = found(&text).iter().map(|one| one.code).collect();
    assert_eq!(codes, [Code::ConfigMissingKey]);
}

#[test]
fn broken_yaml_is_told_in_words() {
    for (text, words) in [
        ("a: b: c\n", "Put quotes"),
        ("a: *x\n", "&name"),
        ("a:\n\tb: 1\n", "tabs"),
        ("a: 'b\nc: 1\n", "quotes"),
        ("a: [b\n", "rackets"),
        ("a: @b\n", "quotes"),
    ] {
        let all = found(text);
        let hint = all
            .first()
            .and_then(|one| one.hint.clone())
            .unwrap_or_default();
        assert!(hint.contains(words), "{text:?}: {all:#?}");
    }
}
