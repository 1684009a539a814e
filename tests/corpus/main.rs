//! The judge: services, and what the peer (Serverless Framework 3.40) makes of each.
//!
//! For every case the command packages the service as given. A case counts as equal when both templates are
//! equal by `compare.py --semantic` and each archive lists the peer's files, less those that are never packed.
//! A case that needs what is not built yet must be refused by name; it stands in `not_applicable.json`, a list
//! that may only get shorter. `differences.json` says where we differ on purpose, and why.

mod judge;
mod rules;
mod run;
mod secrets;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use judge::{Case, Verdict};

fn folder() -> PathBuf {
    pilothouse_tests::tests_folder().join("corpus")
}

fn list(file: &str) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(folder().join(file)).expect("the list is in the repository");
    serde_json::from_str(&text).expect("the list is a JSON object of texts")
}

#[test]
fn every_case_of_this_surface_equals_the_peer_and_the_others_are_named() {
    let cases = Case::all(&folder().join("cases"));
    assert!(cases.len() >= 221, "the corpus is here: {}", cases.len());
    let not_applicable = list("not_applicable.json");
    let verdicts = judge::all(&cases);

    let mut wrong = Vec::new();
    let mut equal = 0;
    for (name, verdict) in &verdicts {
        match (verdict, not_applicable.contains_key(name)) {
            (Verdict::Equal, false) | (Verdict::NotApplicable(_), true) => {}
            (Verdict::Equal, true) => {
                wrong.push(format!(
                    "{name}: is equal now; take it off not_applicable.json"
                ));
            }
            (Verdict::NotApplicable(why), false) => wrong.push(format!("{name}: refused: {why}")),
            (Verdict::Wrong(why), _) => wrong.push(format!("{name}: {why}")),
        }
        equal += usize::from(matches!(verdict, Verdict::Equal));
    }
    let names: BTreeSet<_> = verdicts.keys().collect();
    wrong.extend(
        not_applicable
            .keys()
            .filter(|name| !names.contains(name))
            .map(|name| format!("{name}: on not_applicable.json, but not a case")),
    );
    println!(
        "corpus: {equal} equal, {} not applicable yet, {} wrong",
        not_applicable.len(),
        wrong.len()
    );
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        verdicts.len(),
        wrong.join("\n")
    );
}

#[test]
fn the_list_of_cases_that_are_not_applicable_yet_only_gets_shorter() {
    /// Lower it when the list gets shorter; never raise it.
    const MOST: usize = 1;
    let list = list("not_applicable.json");
    assert!(
        list.len() <= MOST,
        "{} cases are listed, {MOST} at most",
        list.len()
    );
    let unexplained: Vec<_> = list.iter().filter(|(_, why)| why.is_empty()).collect();
    assert!(unexplained.is_empty(), "{unexplained:?}");
}

#[test]
fn every_example_equals_what_the_peer_makes_of_it() {
    let examples = pilothouse_tests::repository().join("examples");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder().join("examples")).expect("the expected results") {
        let expected = entry.expect("an entry").path();
        let name = expected
            .file_name()
            .and_then(|name| name.to_str())
            .expect("a name")
            .to_owned();
        let case = Case::of_example(&name, examples.join(&name), expected);
        let verdict = judge::all(std::slice::from_ref(&case)).remove(&name);
        assert_eq!(verdict, Some(Verdict::Equal), "{name}");
        seen += 1;
    }
    assert!(seen >= 3, "only {seen} examples");
}

/// What a plugin makes is held against the plugin itself, byte for byte, in `tests/node`.
const BESIDE_ITS_PLUGIN: &[&str] = &["node-esbuild"];

#[test]
fn every_example_has_an_expected_result() {
    for entry in
        std::fs::read_dir(pilothouse_tests::repository().join("examples")).expect("examples")
    {
        let entry = entry.expect("an entry");
        let is_elsewhere = BESIDE_ITS_PLUGIN
            .iter()
            .any(|name| entry.file_name() == *name);
        if entry.path().join("serverless.yml").is_file() && !is_elsewhere {
            let expected = folder()
                .join("examples")
                .join(entry.file_name())
                .join("expected.json");
            assert!(expected.is_file(), "{} is missing", expected.display());
        }
    }
}
