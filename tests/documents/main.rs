//! Documents that are made from the code stay equal to it. `make docs` writes them anew.

mod keys;

use std::fmt::Write;

use pilothouse_model::Code;

/// The text of docs/messages.md.
fn messages() -> String {
    let mut text = String::from(
        "# Messages\n\nEvery problem has a code that does not change. `--json` prints it as `code`.\n\n\
         | Code | What it means |\n|---|---|\n",
    );
    for code in Code::ALL {
        writeln!(text, "| `{code}` | {} |", code.meaning().trim()).expect("a text can grow");
    }
    text
}

/// Holds a document equal to what is made from the code, or writes it when that is asked for.
fn hold(document: &str, wanted: &str) {
    let path = pilothouse_tests::repository().join(document);
    if std::env::var_os("PILOTHOUSE_WRITE_DOCS").is_some() {
        std::fs::write(&path, wanted).expect("docs can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == wanted,
        "{document} is out of date: run `make docs`"
    );
}

#[test]
fn the_list_of_messages_is_that_of_the_code() {
    hold("docs/messages.md", &messages());
}

#[test]
fn the_table_of_keys_is_that_of_the_schema() {
    hold("docs/keys.md", &keys::text());
}

#[test]
fn no_code_is_declared_twice() {
    let mut ids: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
    assert!(
        Code::ALL
            .iter()
            .all(|code| !code.meaning().trim().is_empty())
    );
}
