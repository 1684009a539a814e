//! Tests of reading locks. Each text has the form that its tool writes, cut to what matters.

use super::*;
use crate::python::requirements::Requirements;
use crate::python::target::{Architecture, PythonTarget};

const TARGET: PythonTarget = PythonTarget::new(12, Architecture::X86);

fn lines(found: &Requirements) -> Vec<String> {
    found.wanted.iter().map(|one| one.line("")).collect()
}

#[test]
fn pipenv_gives_its_default_part() {
    let text = r#"{
        "_meta": {"sources": [{"name": "own", "url": "https://own/simple", "verify_ssl": true}]},
        "default": {
            "a": {"version": "==1.0", "hashes": ["sha256:aa"], "markers": "python_version >= '3.8'"},
            "colorama": {"version": "==0.4", "markers": "sys_platform == 'win32'"},
            "g": {"git": "https://h/g.git", "ref": "abc", "editable": true}
        },
        "develop": {"pytest": {"version": "==8"}}
    }"#;
    let found = pipenv("Pipfile.lock", text, &TARGET).expect("read");
    assert_eq!(
        lines(&found),
        ["a==1.0 --hash=sha256:aa", "git+https://h/g.git@abc#egg=g"]
    );
    assert_eq!(
        found.options,
        [(
            "--index-url".to_owned(),
            Some("https://own/simple".to_owned())
        )]
    );
    assert!(pipenv("Pipfile.lock", "{", &TARGET).is_err());
    assert!(pipenv("Pipfile.lock", "{}", &TARGET).is_err());
}

const UV: &str = r#"
version = 1
requires-python = ">=3.10"

[[package]]
name = "app"
version = "0.1.0"
source = { virtual = "." }
dependencies = [
    { name = "a", extra = ["fast"] },
    { name = "old", version = "1.0", source = { registry = "https://pypi.org/simple" }, marker = "python_full_version < '3.11'" },
    { name = "old", version = "2.0", source = { registry = "https://pypi.org/simple" }, marker = "python_full_version >= '3.11'" },
    { name = "colorama", marker = "sys_platform == 'win32'" },
    { name = "lib" },
]

[package.dev-dependencies]
dev = [{ name = "pytest" }]

[[package]]
name = "a"
version = "1.0"
source = { registry = "https://pypi.org/simple" }
dependencies = [{ name = "b" }]
sdist = { url = "https://h/a-1.0.tar.gz", hash = "sha256:a0" }
wheels = [{ url = "https://h/a-1.0-py3-none-any.whl", hash = "sha256:a1" }]

[package.optional-dependencies]
fast = [{ name = "c" }]
slow = [{ name = "d" }]

[[package]]
name = "b"
version = "2.0"
source = { registry = "https://pypi.org/simple" }
dependencies = [{ name = "a" }]

[[package]]
name = "c"
version = "3.0"
source = { registry = "https://own/simple" }

[[package]]
name = "lib"
version = "0.1"
source = { editable = "libs/lib" }

[[package]]
name = "old"
version = "1.0"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "old"
version = "2.0"
source = { registry = "https://pypi.org/simple" }
"#;

#[test]
fn uv_gives_what_the_project_leads_to() {
    let found = uv("uv.lock", UV, Some("app"), &TARGET).expect("read");
    assert_eq!(
        lines(&found),
        [
            "a==1.0 --hash=sha256:a1 --hash=sha256:a0",
            "b==2.0",
            "c==3.0",
            "/libs/lib",
            "old==2.0",
        ]
    );
    assert_eq!(
        found.options,
        [(
            "--extra-index-url".to_owned(),
            Some("https://own/simple".to_owned())
        )]
    );
    let older = uv(
        "uv.lock",
        UV,
        None,
        &PythonTarget::new(10, Architecture::X86),
    )
    .expect("read");
    assert!(lines(&older).contains(&"old==1.0".to_owned()));
}

#[test]
fn a_lock_that_does_not_fit_is_refused() {
    for text in [
        "",
        "[[package]]\nname = 'x'\nversion = '1'\nsource = { registry = 'r' }\n",
        "not toml [",
    ] {
        assert!(uv("uv.lock", text, None, &TARGET).is_err(), "{text}");
    }
    let torn = UV.replace("name = \"c\"\nversion", "name = \"z\"\nversion");
    let problem = uv("uv.lock", &torn, None, &TARGET)
        .expect_err("torn")
        .to_string();
    assert!(problem.contains("`c`"), "{problem}");
}

const PYPROJECT: &str = r#"
[tool.poetry.dependencies]
python = "^3.9"
a = { version = "^1.0", extras = ["fast"] }
win = { version = "*", markers = "sys_platform == 'win32'" }
young = { version = "*", python = "<3.10" }
maybe = { version = "*", optional = true }

[tool.poetry.group.dev.dependencies]
pytest = "*"

[build-system]
requires = ["poetry-core>=1.0.0"]
"#;

const POETRY: &str = r#"
[[package]]
name = "a"
version = "1.2"
optional = false
python-versions = ">=3.8"
files = [{file = "a-1.2-py3-none-any.whl", hash = "sha256:aa"}]

[package.dependencies]
B_b = ">=1"
c = {version = ">=1", optional = true, markers = "extra == \"fast\""}
d = {version = ">=1", optional = true, markers = "extra == \"slow\""}

[package.extras]
fast = ["c (>=1)"]
slow = ["d"]

[[package]]
name = "b-b"
version = "2.0"
optional = false
python-versions = "<3.10"

[[package]]
name = "b-b"
version = "1.5"
optional = false
python-versions = ">=3.10"

[[package]]
name = "c"
version = "3.0"
optional = true
python-versions = "*"

[package.source]
type = "legacy"
url = "https://own/simple"
reference = "own"

[[package]]
name = "pytest"
version = "8.0"
optional = false
python-versions = "*"

[metadata]
lock-version = "2.0"
"#;

#[test]
fn poetry_gives_its_main_group_and_those_that_are_named() {
    let read = |groups: &PoetryGroups| {
        let found = poetry("poetry.lock", POETRY, PYPROJECT, groups, &TARGET).expect("read");
        lines(&found)
    };
    let main = ["a==1.2 --hash=sha256:aa", "b-b==1.5", "c==3.0"];
    assert_eq!(read(&PoetryGroups::default()), main);
    let with = PoetryGroups {
        with: vec!["dev".into()],
        ..PoetryGroups::default()
    };
    assert_eq!(read(&with).len(), 4);
    let only = PoetryGroups {
        only: vec!["dev".into()],
        ..PoetryGroups::default()
    };
    assert_eq!(read(&only), ["pytest==8.0"]);
    assert!(is_poetry(PYPROJECT));
    assert!(!is_poetry("[build-system]\nrequires = ['hatchling']\n"));
}
