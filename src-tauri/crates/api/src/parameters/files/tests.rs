//! What is read out of a file, and what is told of a line that cannot be.

use super::*;

fn read(form: Form, text: &str) -> Vec<(String, String, usize, bool)> {
    let entries = entries(form, &Secret::new(text.to_owned())).expect("it can be read");
    let one = |(line, is_list): (Line, bool)| {
        (
            line.name,
            line.value.expose().to_owned(),
            line.line,
            is_list,
        )
    };
    entries.into_iter().map(one).collect()
}

fn refused(form: Form, text: &str) -> String {
    let error = entries(form, &Secret::new(text.to_owned())).expect_err("it is refused");
    error.detail.unwrap_or(error.title)
}

fn line(name: &str, value: &str, line: usize) -> (String, String, usize, bool) {
    (name.to_owned(), value.to_owned(), line, false)
}

#[test]
fn json_and_yaml_become_the_same_names_with_their_lines() {
    let json = "{\n \"db\": {\n  \"host\": \"h\",\n  \"port\": 5432 },\n \"flags/x\": true,\n \"hosts\": [\"a\", \"b\"] }";
    let yaml = "db:\n  # c\n  host: h\n  port: 5432\nflags/x: true\nhosts: [a, b]\n";
    for (form, text, lines) in [
        (Form::Json, json, [3, 4, 5, 6]),
        (Form::Yaml, yaml, [3, 4, 5, 6]),
    ] {
        let expected = vec![
            line("db/host", "h", lines[0]),
            line("db/port", "5432", lines[1]),
            line("flags/x", "true", lines[2]),
            ("hosts".to_owned(), "a,b".to_owned(), lines[3], true),
        ];
        assert_eq!(read(form, text), expected);
    }
}

#[test]
fn what_is_wrong_is_told_by_line_and_column_and_without_what_stands_there() {
    let secret = "hunter2";
    for (form, text, at) in [
        (Form::Yaml, "a: hunter2\nb:\n", "line 2"),
        (Form::Yaml, "a: [hunter2, {b: 1}]\n", "line 1, column 4"),
        (Form::Yaml, "a: hunter2\na: 2\n", "line 2, column 1"),
        (Form::Json, "{\"a\": \"hunter2\"\n \"b\": 1}", "line 2"),
        (Form::Json, "[\"hunter2\"]", "line 1, column 1"),
        (Form::Yaml, "a: [\"hunter2,x\"]\n", "line 1, column 4"),
        (Form::Env, "A=hunter2\nhunter2\n", "line 2"),
    ] {
        let told = refused(form, text);
        assert!(told.contains(at), "{text:?}: {told}");
        assert!(!told.contains(secret), "{text:?}: {told}");
    }
    assert_eq!(refused(Form::Json, "{}"), "the file holds no value");
}
