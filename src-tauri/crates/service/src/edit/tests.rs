//! Edits of texts: single ones whose result is written out, and thousands of random ones.

use pilothouse_model::SourceId;
use serde_json::{Value, json};

use super::{Edit, Editable, Sharing, Stop, apply, parse_path};

mod random;
mod writer;

fn path(written: &str) -> Vec<String> {
    if written.is_empty() {
        Vec::new()
    } else {
        parse_path(written).unwrap()
    }
}

fn set(at: &str, value: Value) -> Edit {
    Edit::Set {
        path: path(at),
        value,
    }
}

fn remove(at: &str) -> Edit {
    Edit::Remove { path: path(at) }
}

fn insert(at: &str, number: Option<usize>, value: Value) -> Edit {
    Edit::Insert {
        path: path(at),
        at: number,
        value,
    }
}

fn with(text: &str, edit: &Edit, sharing: Sharing) -> Result<String, Stop> {
    let source = SourceId::new("serverless.yml");
    apply(
        &Editable {
            source: &source,
            text,
            sharing,
        },
        edit,
    )
}

#[track_caller]
fn makes(text: &str, edit: &Edit, wanted: &str) {
    match with(text, edit, Sharing::Refuse) {
        Ok(made) => assert_eq!(made, wanted),
        Err(stop) => panic!("{stop:?}"),
    }
}

#[track_caller]
fn refused(text: &str, edit: &Edit, word: &str) {
    match with(text, edit, Sharing::Refuse) {
        Err(Stop::Refused(found)) => {
            assert!(found.message.contains(word), "{}", found.message);
            assert!(found.hint.is_some());
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_scalar_changes_alone_and_keeps_its_quotes_and_comment() {
    makes(
        "a: 1   # c\nb: 2\n",
        &set("a", json!(30)),
        "a: 30   # c\nb: 2\n",
    );
    makes(
        "a: \"x\" # c\r\n",
        &set("a", json!("y z")),
        "a: \"y z\" # c\r\n",
    );
    makes("a: 'x'\n", &set("a", json!("it's")), "a: 'it''s'\n");
    makes(
        "a:   # c\nb: 2\n",
        &set("a", json!("x")),
        "a: x   # c\nb: 2\n",
    );
    makes(
        "a: {b: 1, c: [1, 2]} # x\n",
        &set("a.c[1]", json!(3)),
        "a: {b: 1, c: [1, 3]} # x\n",
    );
}

#[test]
fn what_is_equal_is_not_written_again() {
    let text = "a: 0x1F\nb: { c : 'd' }\n";
    makes(text, &set("a", json!(31)), text);
    makes(text, &set("b", json!({"c": "d"})), text);
}

#[test]
fn quotes_come_where_a_text_would_be_read_as_something_else() {
    for (value, written) in [
        ("yes", "'yes'"),
        ("012", "'012'"),
        ("1_000", "'1_000'"),
        ("12:30", "'12:30'"),
        ("*star", "'*star'"),
        ("a: b", "'a: b'"),
        ("a #b", "'a #b'"),
        ("", "''"),
        (" a", "' a'"),
        ("null", "'null'"),
        ("2024-01-01", "'2024-01-01'"),
        ("-x", "-x"),
        ("- x", "'- x'"),
        ("${self:a.b, 'c'}", "${self:a.b, 'c'}"),
        ("src/app.handler", "src/app.handler"),
        ("a:b", "a:b"),
        ("tab\there", "\"tab\\there\""),
        ("rate(5 minutes)", "rate(5 minutes)"),
        ("arn:aws:s3:::b/*", "arn:aws:s3:::b/*"),
        ("\u{202e}x", "\"\\u202Ex\""),
    ] {
        makes(
            "a: 1\n",
            &set("a", json!(value)),
            &format!("a: {written}\n"),
        );
    }
    makes(
        "a: 1\nb: \"x\"\n",
        &set("a", json!("no")),
        "a: \"no\"\nb: \"x\"\n",
    );
    makes("a: [1]\n", &set("a[0]", json!("x, y")), "a: ['x, y']\n");
}

#[test]
fn several_lines_are_a_block() {
    makes(
        "a: 1\nb: 2\n",
        &set("a", json!("x\n\ny\n")),
        "a: |\n  x\n\n  y\nb: 2\n",
    );
    makes(
        "a: |\n  x\n\n# c\nb: 2\n",
        &set("a", json!("z")),
        "a: z\n\n# c\nb: 2\n",
    );
    makes(
        "a:\n  - 1\n",
        &set("a[0]", json!("x\ny")),
        "a:\n  - |-\n    x\n    y\n",
    );
}

const SERVICE: &str = "# top
service: demo # name

functions:
  # the first
  one:
    handler: a.b  # h
    events:
      - http: GET /x # e

  two:
    handler: c.d

# after
custom: 1
";

#[test]
fn a_function_and_an_event_are_added_in_the_manner_of_the_file() {
    makes(
        SERVICE,
        &set("functions.three", json!({"handler": "e.f", "events": [{"http": {"path": "users", "method": "get"}}]})),
        &SERVICE.replace(
            "    handler: c.d\n",
            "    handler: c.d\n\n  three:\n    handler: e.f\n    events:\n      - http:\n          path: users\n          method: get\n",
        ),
    );
    makes(
        SERVICE,
        &insert("functions.one.events", Some(0), json!({"sqs": "arn"})),
        &SERVICE.replace("      - http", "      - sqs: arn\n      - http"),
    );
    makes(
        SERVICE,
        &insert("functions.two.events", None, json!({"sqs": "arn"})),
        &SERVICE.replace("c.d\n", "c.d\n    events:\n      - sqs: arn\n"),
    );
}

#[test]
fn removing_takes_the_lines_of_the_value_alone() {
    makes(
        SERVICE,
        &remove("functions.two"),
        &SERVICE.replace("\n  two:\n    handler: c.d\n", ""),
    );
    makes(
        SERVICE,
        &remove("functions.one.events"),
        &SERVICE.replace("    events:\n      - http: GET /x # e\n", ""),
    );
    makes(
        SERVICE,
        &remove("functions.one.events[0]"),
        &SERVICE.replace(
            "    events:\n      - http: GET /x # e\n",
            "    events: [] # e\n",
        ),
    );
    makes("- a: 1\n  b: 2\n", &remove("[0].a"), "- b: 2\n");
    makes("- a: 1 # x\n  b: 2\n", &remove("[0].a"), "-  # x\n  b: 2\n");
    makes("a: [1, 2, 3]\n", &remove("a[1]"), "a: [1, 3]\n");
    makes("a: [1, 2, 3]\n", &remove("a[2]"), "a: [1, 2]\n");
    makes("a: 1\nb: 2", &remove("b"), "a: 1");
}

#[test]
fn names_and_places_change() {
    makes(
        "a: 1\n'b': 2\n",
        &Edit::Rename {
            path: path("b"),
            to: "c d".into(),
        },
        "a: 1\n'c d': 2\n",
    );
    makes(
        "l:\n  - a: 1\n    b: 2 # x\n  # c\n  - c\n",
        &Edit::Move {
            path: path("l"),
            from: 1,
            to: 0,
        },
        "l:\n  - c\n  # c\n  - a: 1\n    b: 2 # x\n",
    );
    refused(
        "a: 1\nb: 2\n",
        &Edit::Rename {
            path: path("a"),
            to: "b".into(),
        },
        "already",
    );
}

const SHARED: &str = "x: &x\n  t: 1\n  e: {a: b}\na: *x\nb:\n  <<: *x\n  u: 2\n";

#[test]
fn shared_values_are_refused_unless_it_is_said_what_becomes_of_them() {
    refused(SHARED, &set("a.t", json!(2)), "other places");
    refused(SHARED, &set("x.t", json!(2)), "other places");
    refused(SHARED, &remove("x"), "other places");
    refused(SHARED, &remove("b.t"), "merge");
    makes(
        SHARED,
        &set("b.t", json!(2)),
        &SHARED.replace("u: 2\n", "u: 2\n  t: 2\n"),
    );
    let all = with(SHARED, &set("a.t", json!(2)), Sharing::All).unwrap();
    assert_eq!(all, SHARED.replace("t: 1", "t: 2"));
    let own = with(SHARED, &set("a.t", json!(2)), Sharing::Detach).unwrap();
    assert_eq!(
        own,
        SHARED.replace("a: *x\n", "a:\n  t: 2\n  e:\n    a: b\n")
    );
    let merged = with(SHARED, &set("b.e.c", json!(1)), Sharing::Detach).unwrap();
    assert_eq!(
        merged,
        SHARED.replace("u: 2\n", "u: 2\n  e:\n    a: b\n    c: 1\n")
    );
}

#[test]
fn values_of_other_files_are_edited_there() {
    let text = "functions: ${file(./f.yml):all}\ncustom: ${self:other}\n";
    let stop = with(text, &set("functions.a.timeout", json!(2)), Sharing::Refuse).unwrap_err();
    let Stop::Elsewhere { file, path, .. } = stop else {
        panic!("{stop:?}")
    };
    assert_eq!(
        (file.as_str(), path.join(".").as_str()),
        ("./f.yml", "all.a.timeout")
    );
    refused(text, &set("custom.a", json!(2)), "variable");
}

#[test]
fn parts_of_a_list_of_functions_are_found() {
    let text = "functions:\n  - a:\n      handler: x\n  - b:\n      handler: y\n";
    makes(
        text,
        &set("functions.b.handler", json!("z")),
        &text.replace("y\n", "z\n"),
    );
    makes(
        text,
        &set("functions.c.handler", json!("z")),
        &text.replace("y\n", "y\n    c:\n      handler: z\n"),
    );
}

#[test]
fn json_stays_json() {
    let source = SourceId::new("serverless.json");
    let text = "{\n  \"a\": 1,\n  \"b\": [\n    1\n  ]\n}\n";
    let made = |edit: &Edit| {
        let editable = Editable {
            source: &source,
            text,
            sharing: Sharing::Refuse,
        };
        apply(&editable, edit).unwrap()
    };
    assert_eq!(
        made(&set("a", json!("x\"y"))),
        text.replace('1', "\"x\\\"y\"")
            .replacen("    \"x\\\"y\"", "    1", 1)
    );
    assert_eq!(
        made(&insert("b", None, json!({"c": 2}))),
        text.replace("    1\n", "    1,\n    {\n      \"c\": 2\n    }\n")
    );
    assert_eq!(
        made(&set("d.e", json!(1))),
        text.replace("  ]\n}", "  ],\n  \"d\": {\n    \"e\": 1\n  }\n}")
    );
}

#[test]
fn marks_and_line_breaks_of_the_file_stay() {
    makes(
        "\u{FEFF}a: 1\r\nb: 2\r\n",
        &set("c.d", json!(1)),
        "\u{FEFF}a: 1\r\nb: 2\r\nc:\r\n  d: 1\r\n",
    );
    makes("a: 1", &set("c", json!(1)), "a: 1\nc: 1");
    makes("", &set("service", json!("x")), "service: x\n");
    makes(
        "# only\n",
        &set("service", json!("x")),
        "# only\nservice: x\n",
    );
    makes(
        "a:\n- 1\nb:\n    c: 1\n",
        &set("d", json!({"e": [1]})),
        "a:\n- 1\nb:\n    c: 1\nd:\n    e:\n    - 1\n",
    );
}

#[test]
fn functions_of_cloudformation_are_tags_unless_the_file_spells_them_out() {
    let arn = json!([{"Fn::GetAtt": ["Items", "Arn"]}, {"Ref": "Topic"}]);
    makes(
        "a: 1\n",
        &set("b", arn.clone()),
        "a: 1\nb:\n  - !GetAtt Items.Arn\n  - !Ref Topic\n",
    );
    makes(
        "a: {Ref: X}\n",
        &set("b", json!({"Ref": "Topic"})),
        "a: {Ref: X}\nb:\n  Ref: Topic\n",
    );
    makes(
        "a: !Sub '${X}/y' # c\n",
        &set("a", json!({"Fn::Sub": "${X}/z"})),
        "a: !Sub ${X}/z # c\n",
    );
    makes("a: !Ref X\n", &set("a", json!({"Ref": "X"})), "a: !Ref X\n");
}
