//! `size` as a person or a script meets it.

use std::fs;

use super::{Project, code, errors, json, lines};

#[test]
fn size_tells_what_archives_hold_and_what_would_be_left() {
    let service = "service: sized\nprovider: {name: aws, runtime: nodejs20.x}\nlayers: {tools: {path: tools}}\n\
                   functions:\n  hello: {handler: index.hello, layers: [{Ref: ToolsLambdaLayer}]}\n";
    let project = Project::new(&[
        ("serverless.yml", service),
        ("index.js", "exports.hello = 1;\n"),
        ("docs/long.md", &"word ".repeat(400_000)),
        ("node_modules/@scope/one/index.js", "1;\n"),
        ("tools/tool.sh", "true\n"),
    ]);
    let told = project.run(&["size", "--without", "docs/**"]);
    assert_eq!(code(&told), Some(0), "{}", errors(&told));
    let text = lines(&told);
    for expected in [
        "docs/",
        "@scope/one (package)",
        "hello: 2.0 MB of 250 MB (1%); without that 27 B",
        "    - '!docs/**'",
    ] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    let left = json(&project.run(&["size", "--json", "--without", "docs/**"]));
    let left = &left["archives"][0]["rest"]["zipped"];
    let file = project.folder().join("serverless.yml");
    let written = format!("{service}package: {{patterns: ['!docs/**']}}\n");
    fs::write(&file, written).expect("a file");
    let then = json(&project.run(&["size", "--json"]));
    assert_eq!(&then["archives"][0]["zipped"], left);
}

#[test]
fn size_of_a_function_that_is_not_there_names_those_that_are() {
    let service = "service: sized\nprovider: {name: aws, runtime: nodejs20.x}\nfunctions:\n  hello: {handler: i.h}\n";
    let project = Project::new(&[("serverless.yml", service), ("i.js", "exports.h = 1;\n")]);
    let refused = project.run(&["size", "--function", "hullo"]);
    assert_eq!(code(&refused), Some(1));
    assert!(errors(&refused).contains("It has: hello"));
}
