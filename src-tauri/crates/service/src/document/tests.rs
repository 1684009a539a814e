use pilothouse_model::{Code, SourceId};
use serde_json::json;

use super::{Syntax, read};

fn yaml(text: &str) -> serde_json::Value {
    read(&SourceId::new("a.yml"), text, Syntax::Yaml)
        .expect("valid")
        .to_json()
}

fn problem(text: &str) -> (Code, String) {
    let found = read(&SourceId::new("a.yml"), text, Syntax::Yaml).expect_err("invalid");
    let first = &found.0[0];
    (first.code, first.message.clone())
}

#[test]
fn plain_scalars_are_read_as_js_yaml_reads_them() {
    // The peer's own answers to the same text (its environment values, before they become texts).
    let text = "A: yes\nB: \"no\"\nC: on\nD: 010\nE: 0x1F\nF: 1e3\nG: 12:30\nH: ~\nI: 2020-01-01\nJ: .5\nK: 1_000\n";
    assert_eq!(
        yaml(text),
        json!({"A": "yes", "B": "no", "C": "on", "D": 10, "E": 31, "F": 1000, "G": "12:30", "H": null,
               "I": "2020-01-01T00:00:00.000Z", "J": 0.5, "K": "1_000"})
    );
}

#[test]
fn numbers_print_as_javascript_prints_them() {
    assert_eq!(
        yaml("[1.50, 2.0, -0.5, +3, 1e21, 0o17, 0b11, 1., .inf, 1_]"),
        json!([1.5, 2, -0.5, 3, 1e21, 15, 3, 1, null, "1_"])
    );
}

#[test]
fn timestamps_become_utc() {
    assert_eq!(
        yaml("[2001-12-14t21:59:43.10-05:00, 2001-12-15 2:59:43.1Z, 2020-1-1, 2020-13-01]"),
        json!([
            "2001-12-15T02:59:43.100Z",
            "2001-12-15T02:59:43.100Z",
            "2020-1-1",
            "2020-13-01"
        ])
    );
}

#[test]
fn cloudformations_short_tags_take_their_long_form() {
    assert_eq!(
        yaml(
            "a: !Ref X\nb: !GetAtt X.Outputs.Y\nc: !Join ['', [a, !Ref B]]\nd: !Sub '${A}'\ne: !If [c, !Ref A, !Ref 'AWS::NoValue']"
        ),
        json!({
            "a": {"Ref": "X"}, "b": {"Fn::GetAtt": ["X", "Outputs.Y"]},
            "c": {"Fn::Join": ["", ["a", {"Ref": "B"}]]}, "d": {"Fn::Sub": "${A}"},
            "e": {"Fn::If": ["c", {"Ref": "A"}, {"Ref": "AWS::NoValue"}]}
        })
    );
    assert_eq!(
        problem("a: !Foo b"),
        (Code::ConfigSyntax, "unknown tag `!Foo`".into())
    );
}

#[test]
fn merge_keys_and_aliases_are_expanded_and_written_keys_win() {
    assert_eq!(
        yaml(
            "base: &b {x: 1, y: 2}\none: {<<: *b, y: 3}\ntwo: {y: 4, <<: [*b, {z: 5}]}\nthree: {'<<': text}"
        ),
        json!({"base": {"x": 1, "y": 2}, "one": {"x": 1, "y": 3}, "two": {"y": 4, "x": 1, "z": 5},
               "three": {"<<": "text"}})
    );
}

#[test]
fn every_duplicate_key_is_found_with_both_places() {
    let text = "é: 1\na: 1\nb: 2\na: 3\nb: 4\n";
    let found = read(&SourceId::new("a.yml"), text, Syntax::Yaml).expect_err("duplicates");
    let places: Vec<_> = found
        .0
        .iter()
        .map(|d| {
            (
                d.span.as_ref().map(|s| &text[s.start..s.end]),
                d.related[0].0.start,
            )
        })
        .collect();
    // `é` is two bytes: places count bytes.
    assert_eq!(places, [(Some("a"), 6), (Some("b"), 11)]);
}

#[test]
fn places_hold_for_every_kind_of_value() {
    let text = "ü: 'ö'\nlist:\n  - a\n  - {k: \"v\"}\n";
    let node = read(&SourceId::new("a.yml"), text, Syntax::Yaml).expect("valid");
    let cut = |node: &super::Node| text[node.span.start..node.span.end].to_owned();
    assert_eq!(node.get("ü").map(cut), Some("'ö'".into()));
    let list = node
        .get("list")
        .and_then(|l| l.as_sequence())
        .expect("a list");
    assert_eq!(cut(&list[0]), "a");
    assert_eq!(cut(&list[1]), "{k: \"v\"}");
    assert_eq!(list[1].get("k").map(cut), Some("\"v\"".into()));
}

#[test]
fn bombs_and_depths_are_refused_at_once() {
    let mut laughs = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for level in 1..10 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(",");
        laughs += &format!("a{level}: &a{level} [{aliases}]\n");
    }
    assert_eq!(problem(&laughs).0, Code::ConfigTooLarge);
    let heavy = format!(
        "a: &a {}\nb: [{}]",
        "x".repeat(900_000),
        vec!["*a"; 20_000].join(",")
    );
    assert_eq!(problem(&heavy).0, Code::ConfigTooLarge);
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    assert_eq!(problem(&deep).0, Code::ConfigTooLarge);
    // The parser has a limit of its own on what is never closed.
    assert_eq!(problem(&"[".repeat(20_000)).0, Code::ConfigSyntax);
    assert_eq!(
        problem(&format!("a: {}", "x".repeat(2 << 20))).0,
        Code::ConfigTooLarge
    );
    assert_eq!(problem("a: &a [*a]").0, Code::ConfigSyntax);
}

#[test]
fn a_tab_is_named_as_what_breaks_the_indentation() {
    let found = read(&SourceId::new("a.yml"), "a:\n\tb: 1\n", Syntax::Yaml).expect_err("a tab");
    assert!(
        found.0[0]
            .hint
            .as_ref()
            .is_some_and(|hint| hint.contains("tabs")),
        "{found:?}"
    );
}

#[test]
fn json_may_be_indented_with_tabs_and_keeps_its_places() {
    let text = "{\n\t\"a\": {\"b\": [1, true, null, \"\\/x\"]}\n}";
    let node = read(&SourceId::new("a.json"), text, Syntax::Json).expect("valid");
    assert_eq!(node.to_json(), json!({"a": {"b": [1, true, null, "/x"]}}));
    let list = node.get("a").and_then(|a| a.get("b")).expect("b");
    assert_eq!(
        &text[list.span.start..list.span.end],
        "[1, true, null, \"\\/x\"]"
    );
    let found =
        read(&SourceId::new("a.json"), "{\"a\": 1,}", Syntax::Json).expect_err("a comma too many");
    assert_eq!(found.0[0].code, Code::ConfigSyntax);
}

#[test]
fn json_has_its_own_escapes_numbers_and_limits() {
    let read = |text: &str| read(&SourceId::new("a.json"), text, Syntax::Json);
    let text = r#"{"a": "\ud83d\ude00\t\"", "b": [1e3, -0.5, 12E2, 0], "\u0061b": "", "yes": "2020-01-01"}"#;
    assert_eq!(
        read(text).expect("valid").to_json(),
        json!({"a": "😀\t\"", "b": [1000, -0.5, 1200, 0], "ab": "", "yes": "2020-01-01"})
    );
    let code = |text: &str| read(text).expect_err("invalid").0[0].code;
    assert_eq!(code(r#"{"a": 1, "a": 2}"#), Code::ConfigDuplicateKey);
    let deep = |levels| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert_eq!(code(&deep(100_000)), Code::ConfigTooLarge);
    assert_eq!(
        code(&format!("[{}1]", "1,".repeat(300_000))),
        Code::ConfigTooLarge
    );
    assert_eq!(code("{a: 1}"), Code::ConfigSyntax);
}

#[test]
fn an_empty_text_is_nothing_and_two_documents_are_one_too_many() {
    assert_eq!(yaml("# only a comment\n"), json!(null));
    assert_eq!(problem("a: 1\n---\nb: 2\n").0, Code::ConfigSyntax);
}
