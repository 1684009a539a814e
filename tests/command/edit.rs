//! The configuration edited by the command: what is written, what is refused, and that nothing else changes.

use std::fs;

use super::{HANDLER, Project, code, errors, json, lines};

const CONFIG: &str = "# The service of the tests
service: edited

provider:
  name: aws
  runtime: python3.13   # all of them

functions:
  hello:
    handler: handler.hello # says hello
    environment: &usual
      A: '1'

  other:
    handler: handler.hello
    environment: *usual
";

fn project() -> Project {
    Project::new(&[("serverless.yml", CONFIG), HANDLER])
}

fn text(project: &Project) -> String {
    fs::read_to_string(project.folder().join("serverless.yml")).expect("the file is there")
}

#[test]
fn a_value_is_set_and_unset_in_its_own_line() {
    let project = project();
    let output = project.run(&["set", "provider.runtime", "python3.12"]);
    assert_eq!(code(&output), Some(0), "{}", errors(&output));
    assert!(lines(&output).contains("+   runtime: python3.12   # all of them"));
    assert_eq!(text(&project), CONFIG.replace("python3.13 ", "python3.12 "));
    project.run(&["set", "provider.runtime", "python3.13"]);
    project.run(&["set", "functions.hello.timeout", "20"]);
    assert!(text(&project).contains("      A: '1'\n    timeout: 20\n"));
    project.run(&["unset", "functions.hello.timeout"]);
    assert_eq!(text(&project), CONFIG);
}

#[test]
fn a_dry_run_shows_the_lines_and_writes_nothing() {
    let project = project();
    let output = project.run(&[
        "set",
        "functions.hello.timeout",
        "20",
        "--dry-run",
        "--json",
    ]);
    let value = json(&output);
    assert_eq!(value["written"], false);
    let lines = value["files"][0]["lines"].as_array().expect("lines");
    let added: Vec<_> = lines
        .iter()
        .filter(|line| line["mark"] == "added")
        .collect();
    assert_eq!(added.len(), 1);
    assert_eq!(added[0]["text"], "    timeout: 20");
    assert_eq!(text(&project), CONFIG);
}

#[test]
fn what_would_be_wrong_is_not_written_unless_it_is_forced() {
    let project = project();
    let output = project.run(&["set", "functions.hello.timeout", "9999"]);
    assert_eq!(code(&output), Some(1));
    assert!(
        errors(&output).contains("EDIT_REFUSED"),
        "{}",
        errors(&output)
    );
    assert_eq!(text(&project), CONFIG);
    let forced = project.run(&["set", "functions.hello.timeout", "9999", "--force"]);
    assert_eq!(code(&forced), Some(0), "{}", errors(&forced));
    assert!(text(&project).contains("timeout: 9999"));
}

#[test]
fn shared_values_ask_what_becomes_of_the_others() {
    let project = project();
    let set = ["set", "functions.other.environment.B", "2"];
    let output = project.run(&set);
    assert_eq!(code(&output), Some(1));
    assert!(
        errors(&output).contains("--shared all"),
        "{}",
        errors(&output)
    );
    assert_eq!(text(&project), CONFIG);
    project.run(&[&set[..], &["--shared", "all"]].concat());
    assert_eq!(
        text(&project),
        CONFIG.replace("      A: '1'\n", "      A: '1'\n      B: 2\n")
    );
    fs::write(project.folder().join("serverless.yml"), CONFIG).expect("written");
    project.run(&[&set[..], &["--shared", "detach"]].concat());
    let own = "    environment:\n      A: '1'\n      B: 2\n";
    assert_eq!(
        text(&project),
        CONFIG.replace("    environment: *usual\n", own)
    );
}

#[test]
fn functions_events_and_the_rest_are_added_by_name() {
    let project = project();
    for words in [
        &[
            "add",
            "function",
            "third",
            "handler=handler.hello",
            "timeout=5",
        ][..],
        &["add", "event", "third", "http", "path=third", "method=get"],
        &["add", "event", "third", "schedule", "rate(5 minutes)"],
        &["add", "environment", "STAGE=yes", "--function", "third"],
        &["add", "resource", "Items", "table"],
        &[
            "add",
            "permission",
            "dynamodb:GetItem",
            "--on",
            "!GetAtt Items.Arn",
        ],
        &["move", "functions.third.events[1]", "0"],
        &["rename", "functions.third", "last"],
    ] {
        let output = project.run(words);
        assert_eq!(code(&output), Some(0), "{words:?}: {}", errors(&output));
    }
    let text = text(&project);
    let function = "
  last:
    handler: handler.hello
    timeout: 5
    events:
      - schedule: rate(5 minutes)
      - http:
          path: third
          method: get
    environment:
      STAGE: 'yes'
";
    assert!(text.contains(function), "{text}");
    assert!(
        text.contains("          Resource:\n            - !GetAtt Items.Arn\n"),
        "{text}"
    );
    assert!(text.starts_with("# The service of the tests\nservice: edited\n\nprovider:\n"));
    let again = project.run(&["add", "function", "hello", "handler=a.b"]);
    assert!(errors(&again).contains("there is already a function `hello`"));
    let unknown = project.run(&["add", "event", "nobody", "http", "path=x"]);
    assert!(
        errors(&unknown).contains("It has: hello, other, last"),
        "{}",
        errors(&unknown)
    );
}

#[test]
fn a_value_of_another_file_is_edited_there() {
    let config = "service: parts\nprovider:\n  name: aws\n  runtime: python3.13\nfunctions: ${file(./parts/functions.yml)}\n";
    let functions = "# the functions\nhello:\n  handler: handler.hello\n";
    let project = Project::new(&[
        ("serverless.yml", config),
        ("parts/functions.yml", functions),
        HANDLER,
    ]);
    let output = project.run(&["set", "functions.hello.timeout", "20"]);
    assert_eq!(code(&output), Some(0), "{}", errors(&output));
    assert!(lines(&output).contains("Changed parts/functions.yml"));
    assert_eq!(text(&project), config);
    let part = fs::read_to_string(project.folder().join("parts/functions.yml")).expect("there");
    assert_eq!(part, format!("{functions}  timeout: 20\n"));
}

#[test]
fn the_form_of_a_function_says_what_it_can_have_and_has() {
    let project = project();
    let form = json(&project.run(&["form", "functions.hello", "--json"]));
    let fields = form["control"]["fields"].as_array().expect("fields");
    let named = |name: &str| {
        fields
            .iter()
            .find(|field| field["name"] == name)
            .expect("a field")
    };
    assert_eq!(fields[0]["name"], "handler");
    assert_eq!(named("timeout")["control"]["most"], 900);
    assert_eq!(named("runtime")["inherited"], "python3.13");
    assert_eq!(form["line"], 10);
    let outline = json(&project.run(&["form"]));
    assert_eq!(outline["functions"][1]["name"], "other");
    let event = json(&project.run(&["form", "functions.hello.events[0].sqs", "--json"]));
    assert_eq!(event["exists"], false);
    let bad = project.run(&["form", "functions..x"]);
    assert!(errors(&bad).contains("is not a path of the configuration"));
}
