//! Cursors in texts: `|` marks where one stands.

use super::*;
use crate::document::Syntax;

fn cursor(marked: &str) -> (String, usize) {
    let at = marked.find('|').expect("a cursor");
    (marked.replacen('|', "", 1), at)
}

fn suggested(marked: &str) -> Vec<String> {
    suggested_in(marked, Syntax::Yaml)
}

fn suggested_in(marked: &str, syntax: Syntax) -> Vec<String> {
    all(marked, syntax)
        .1
        .all
        .into_iter()
        .map(|one| one.label)
        .collect()
}

fn all(marked: &str, syntax: Syntax) -> (String, Suggestions) {
    let (text, at) = cursor(marked);
    let outline = Outline::of(&text, syntax);
    let project = Project {
        config: &outline,
        config_text: &text,
        stands_at: Some(&[]),
        files: &["values.yml".to_owned(), "src/app.js".to_owned()],
        types: || vec!["AWS::S3::Bucket"],
        properties: |kind| {
            if kind == "AWS::S3::Bucket" {
                vec![("BucketName", "a text".to_owned())]
            } else {
                Vec::new()
            }
        },
    };
    let found = complete(&text, syntax, at, &project);
    (text, found)
}

/// The text once the suggestion of that name was taken.
fn taken(marked: &str, label: &str) -> String {
    let (mut text, found) = all(marked, Syntax::Yaml);
    let one = found
        .all
        .iter()
        .find(|one| one.label == label)
        .expect(label);
    text.replace_range(found.typed, &one.insert);
    text
}

fn paths(text: &str, syntax: Syntax) -> Vec<String> {
    let outline = Outline::of(text, syntax);
    outline
        .items
        .iter()
        .map(|item| item.path.join("."))
        .collect()
}

#[test]
fn an_outline_has_the_paths_of_blocks_lists_and_brackets() {
    let text = "a: 1\nb:\n  c: 'x: y'\n  'd e': |\n    no: key\n    - none\n  f:\n  - g: 1\n    h: 2\n  -   - deep\nm: {n: 1, o: [p, {q: r}]} # no: key\nz: &x\n  y: 1\n";
    assert_eq!(
        paths(text, Syntax::Yaml),
        [
            "a", "b", "b.c", "b.d e", "b.f", "b.f.0", "b.f.0.g", "b.f.0.h", "b.f.1", "b.f.1.0",
            "m", "m.n", "m.o", "m.o.0", "m.o.1", "m.o.1.q", "z", "z.y"
        ]
    );
}

#[test]
fn an_outline_of_json_has_its_paths() {
    let text = r#"{"a": {"b": [1, {"c": "x, y: {"}]}, "d": true}"#;
    assert_eq!(
        paths(text, Syntax::Json),
        ["a", "a.b", "a.b.0", "a.b.1", "a.b.1.c", "d"]
    );
}

#[test]
fn a_text_that_is_not_finished_has_an_outline_too() {
    let text = "a: {b: 1\nc: [1,\n  2\nd: 'open\ne: \"${self:x\nf:\n";
    let paths = paths(text, Syntax::Yaml);
    for name in ["a", "c", "d", "e", "f"] {
        assert!(paths.iter().any(|path| path == name), "{name} in {paths:?}");
    }
}

#[test]
fn keys_are_suggested_where_they_may_stand() {
    assert!(suggested("|").contains(&"service".to_owned()));
    let provider = suggested("provider:\n  name: aws\n  run|\n");
    assert!(provider.contains(&"runtime".to_owned()));
    assert!(!provider.contains(&"name".to_owned()), "it is there");
    assert!(
        !provider.contains(&"iamRoleStatements".to_owned()),
        "it is old"
    );
    for marked in [
        "functions:\n  a:\n    |\n",
        "functions:\n  a:\n    handler: x.y\n    |\n",
        "functions:\n  a:\n    handler: x.y\n    tim|\n    events: []\n",
        "functions: {a: {|}}\n",
        "functions: {a: {handler: x.y, |\n",
    ] {
        assert!(
            suggested(marked).contains(&"timeout".to_owned()),
            "{marked}"
        );
    }
    assert!(suggested("functions:\n  a:\n    events:\n      - |\n").contains(&"http".to_owned()));
    assert!(
        suggested("functions:\n  a:\n    events:\n    - ht|\n").contains(&"httpApi".to_owned())
    );
    assert!(
        suggested("functions:\n  a:\n    events:\n      - http:\n          |\n")
            .contains(&"path".to_owned())
    );
    assert!(
        suggested("functions:\n  a:\n    events:\n      - http:\n          path: x\n          |\n")
            .contains(&"cors".to_owned())
    );
    assert!(
        suggested("functions:\n  |\n").is_empty(),
        "names of your own"
    );
    assert!(suggested("# |\n").is_empty());
}

#[test]
fn what_must_be_there_comes_first() {
    let names = suggested("functions:\n  a:\n    events:\n      - http:\n          |\n");
    assert_eq!(
        names.get(..2),
        Some(&["path".to_owned(), "method".to_owned()][..])
    );
}

#[test]
fn values_are_suggested_from_the_schema_and_the_project() {
    assert!(suggested("provider:\n  runtime: |\n").contains(&"nodejs22.x".to_owned()));
    assert!(suggested("provider:\n  region: eu|\n").contains(&"eu-west-1".to_owned()));
    assert_eq!(suggested("useDotenv: |"), ["true", "false"]);
    assert!(suggested("functions:\n  a:\n    architecture: |\n").contains(&"arm64".to_owned()));
    assert_eq!(
        suggested("functions:\n  a:\n    handler: |\n"),
        ["src/app.handler"]
    );
    assert_eq!(
        suggested("resources:\n  Resources:\n    A:\n      Type: |\n"),
        ["AWS::S3::Bucket"]
    );
    let bucket = "resources:\n  Resources:\n    A:\n      Type: AWS::S3::Bucket\n      Properties:\n        |\n";
    assert_eq!(suggested(bucket), ["BucketName"]);
    let reference = "functions:\n  my-fn:\n    handler: a.b\n    role: !GetAtt |\nresources:\n  Resources:\n    Role:\n      Type: x\n";
    assert_eq!(suggested(reference), ["Role", "MyDashfnLambdaFunction"]);
    assert!(
        suggested_in("{\"provider\": {\"runtime\": |}}", Syntax::Json)
            .contains(&"python3.13".to_owned())
    );
}

#[test]
fn variables_are_completed() {
    assert!(suggested("a: ${|").contains(&"self".to_owned()));
    assert!(suggested("a: ${opt:x, |}").contains(&"param".to_owned()));
    let text = "a: x-${self:custom.|}\ncustom:\n  table: notes\n  other: 1\n";
    assert_eq!(suggested(text), ["table", "other"]);
    assert_eq!(taken(text, "table"), text.replace('|', "table"));
    assert_eq!(
        suggested("a: ${param:|}\nparams:\n  dev:\n    size: 1\n"),
        ["size"]
    );
    assert_eq!(suggested("a: ${sls:|}"), ["stage", "instanceId"]);
    assert_eq!(suggested("a: ${file(|"), ["values.yml", "src/app.js"]);
    assert!(suggested("a: ${self:x} |").is_empty());
}

#[test]
fn what_is_taken_is_written_so_that_one_can_go_on() {
    assert_eq!(taken("prov|", "provider"), "provider:\n  ");
    assert_eq!(
        taken("functions:\n  a:\n    ev|\n", "events"),
        "functions:\n  a:\n    events:\n      - \n"
    );
    assert_eq!(
        taken("provider:\n  tim|\n", "timeout"),
        "provider:\n  timeout: \n"
    );
    assert_eq!(
        taken("provider:\n  tim|out: 3\n", "timeout"),
        "provider:\n  timeout: 3\n"
    );
    assert_eq!(
        taken("provider:\n  runtime: node|js\n", "nodejs22.x"),
        "provider:\n  runtime: nodejs22.x\n"
    );
    assert_eq!(
        taken("functions:\n  a:\n    events:\n      - sch|\n", "schedule"),
        "functions:\n  a:\n    events:\n      - schedule: \n"
    );
}

#[test]
fn a_key_is_explained_with_its_default_and_an_example() {
    let timeout = explain("functions.*.timeout").expect("a key");
    assert_eq!(timeout.kind, "a whole number from 1 to 900");
    assert_eq!(timeout.example.as_deref(), Some("timeout: 30"));
    assert_eq!(
        explain("provider.memorySize")
            .and_then(|key| key.default)
            .as_deref(),
        Some("1024")
    );
    assert!(
        explain("functions.hello.events.0.http.path")
            .expect("a key")
            .required
    );
    assert_eq!(
        explain("functions.a.events.http.path"),
        explain("functions.a.events.http.path")
    );
    let old = explain("provider.iamRoleStatements").expect("a key");
    assert!(
        old.note
            .expect("a note")
            .contains("provider.iam.role.statements")
    );
    assert!(
        explain("stages")
            .expect("a key")
            .note
            .expect("a note")
            .contains("version 4")
    );
    assert_eq!(explain("functions.*.timout"), None);
    assert_eq!(
        near_path("functions.*.timout").as_deref(),
        Some("functions.*.timeout")
    );
}

#[test]
fn every_place_of_a_text_can_be_asked_about() {
    let text = "service: a # c\nprovider: {name: aws, tags: {a: b}}\nfunctions:\n  é:\n    handler: \"x\n    events:\n    - http: GET /ü\n    -\n  b: ${self:c, 'd'}\n\n";
    for at in 0..=text.len() {
        if text.is_char_boundary(at) {
            let outline = Outline::of(text, Syntax::Yaml);
            let project = Project {
                config: &outline,
                config_text: text,
                stands_at: Some(&[]),
                files: &[],
                types: Vec::new,
                properties: |_| Vec::new(),
            };
            for cut in [text, text.get(..at).expect("a part")] {
                let found = complete(cut, Syntax::Yaml, at, &project);
                assert!(cut.get(found.typed).is_some());
            }
        }
    }
}
