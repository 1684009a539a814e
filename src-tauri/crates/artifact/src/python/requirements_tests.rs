//! Tests of reading `requirements.txt`.

use pilothouse_model::ProjectPath;
use pilothouse_testkit::MemoryProject;

use super::super::problem::PythonProblem;
use super::*;

fn read_from(files: &[(&str, &str)]) -> Result<Requirements, PythonProblem> {
    let mut project = MemoryProject::new();
    for (path, content) in files {
        project = project.file(path, *content);
    }
    let first = files.first().map_or("", |(path, _)| path);
    read(&project, &ProjectPath::parse(first).expect("a path"))
}

fn lines(list: &[Requirement]) -> Vec<String> {
    list.iter().map(|one| one.line("")).collect()
}

#[test]
fn lines_comments_and_continuations_are_read_as_pip_does() {
    let found = read_from(&[(
        "requirements.txt",
        "\u{feff}# head\n\
         --index-url https://own/simple # index\r\n\
         --extra-index-url=https://other/simple\n\
         a==1 --hash=sha256:aa \\\n    --hash=sha256:bb\n\
         b>=2 # why\n\
         c @ https://h/c-1-py3-none-any.whl#sha256=ab\n\
         \n",
    )])
    .expect("read");
    assert_eq!(
        lines(&found.wanted),
        [
            "a==1 --hash=sha256:aa --hash=sha256:bb",
            "b>=2",
            "c @ https://h/c-1-py3-none-any.whl#sha256=ab",
        ]
    );
    let option = |name: &str, value: &str| (name.to_owned(), Some(value.to_owned()));
    assert_eq!(
        found.options,
        [
            option("--index-url", "https://own/simple"),
            option("--extra-index-url", "https://other/simple"),
        ]
    );
}

#[test]
fn files_that_are_named_are_read_beside_the_one_that_names_them() {
    let found = read_from(&[
        (
            "fn/requirements.txt",
            "-r ../base.txt\n-c limits.txt\nx\n-e ./lib\n--requirement=more/m.txt\n",
        ),
        ("base.txt", "a==1\n"),
        ("fn/limits.txt", "b<2\n"),
        ("fn/more/m.txt", "./wheels/w-1-py3-none-any.whl\n"),
    ])
    .expect("read");
    assert_eq!(
        lines(&found.wanted),
        [
            "a==1",
            "x",
            "/fn/lib",
            "/fn/more/wheels/w-1-py3-none-any.whl"
        ]
    );
    assert_eq!(lines(&found.constraints), ["b<2"]);
}

#[test]
fn what_cannot_be_used_is_named_with_its_line() {
    for (text, words) in [
        ("a==1\n-r ../outside.txt\n", "outside the project"),
        ("-r requirements.txt\n", "circle"),
        ("a\n\nfoo bar\n", "not a requirement"),
        ("--extra-index-url https://${TOKEN}@h/simple\n", "variable"),
        ("a --global-option=x\n", "builds"),
        ("--frobnicate\n", "not understood"),
        ("-e /abs/lib\n", "outside the project"),
    ] {
        let problem = read_from(&[("requirements.txt", text)])
            .expect_err(text)
            .to_string();
        assert!(problem.contains(words), "{text}: {problem}");
        assert!(problem.contains("requirements.txt:"), "{text}: {problem}");
    }
    let missing = read_from(&[("requirements.txt", "-r none.txt\n")]).expect_err("missing");
    assert!(matches!(&missing, PythonProblem::NoFile(path) if path == "none.txt"));
}
