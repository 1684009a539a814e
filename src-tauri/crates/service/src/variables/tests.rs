mod cloud;

use pilothouse_model::{Code, ProjectPath, SourceId, Sources};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Context, Resolved, resolve};
use crate::document::{Syntax, read};
use crate::load::Options;
use crate::lookup::{Answer, Answers, CodeCall, Lookup};

/// Resolves a text with options and answers to lookups.
struct World {
    options: Options,
    answers: Answers,
}

impl World {
    fn new() -> Self {
        Self {
            options: Options::default(),
            answers: Answers::default(),
        }
    }

    fn variable(mut self, name: &str, value: &str) -> Self {
        self.answers.insert(
            Lookup::Environment(name.into()),
            Answer::Found(value.into()),
        );
        self
    }

    fn file(mut self, path: &str, text: &str) -> Self {
        let path = ProjectPath::parse(path).expect("a path");
        self.answers
            .insert(Lookup::File(path), Answer::Found(text.into()));
        self
    }

    fn stage(mut self, stage: &str) -> Self {
        self.options.stage = Some(stage.into());
        self
    }

    fn option(mut self, name: &str, value: &str) -> Self {
        self.options.others.insert(name.into(), value.into());
        self
    }

    fn parameter(mut self, name: &str, value: &str) -> Self {
        self.options.params.insert(name.into(), value.into());
        self
    }

    fn resolve(&self, text: &str) -> Resolved {
        let source = SourceId::new("serverless.yml");
        let document = read(&source, text, Syntax::Yaml).expect("valid YAML");
        let mut sources = Sources::default();
        sources.insert(source, text);
        let context = Context {
            options: &self.options,
            answers: &self.answers,
        };
        resolve(document, context, sources)
    }

    fn value(&self, text: &str) -> Value {
        let resolved = self.resolve(text);
        assert_eq!(resolved.found.0, [], "{text}");
        assert_eq!(resolved.wanted, [], "{text}");
        resolved.document.to_json()
    }

    /// What is wrong: code, path, the text at the place, and the message.
    fn problems(&self, text: &str) -> Vec<(Code, String, String, String)> {
        let resolved = self.resolve(text);
        resolved
            .found
            .0
            .into_iter()
            .map(|found| {
                let span = found.span.expect("a place");
                let file = resolved.sources.text(&span.source).expect("a known text");
                (
                    found.code,
                    found.path.unwrap_or_default(),
                    file[span.start..span.end].to_owned(),
                    found.message,
                )
            })
            .collect()
    }

    fn problem(&self, text: &str) -> (Code, String, String, String) {
        let problems = self.problems(text);
        assert_eq!(problems.len(), 1, "{problems:?}");
        problems.into_iter().next().expect("one")
    }
}

#[test]
fn a_variable_alone_keeps_the_type_of_its_value_and_one_in_a_text_becomes_text() {
    assert_eq!(
        World::new().value("a: ${self:c.n}\nb: x-${self:c.n}-y\nd: ${self:c}\nc: {n: 5, l: [1, {k: true}]}\ne: ${self:c.l.1.k}"),
        json!({"a": 5, "b": "x-5-y", "d": {"n": 5, "l": [1, {"k": true}]}, "c": {"n": 5, "l": [1, {"k": true}]}, "e": true})
    );
}

#[test]
fn the_first_source_with_a_value_wins_and_literals_come_last() {
    let world = World::new().option("color", "red");
    assert_eq!(
        world.value(
            "a: ${opt:color, 'blue'}\nb: ${opt:none, self:a}\nc: ${opt:none, self:none, 'x, \"y\"'}\n\
             d: ${opt:none, null}\ne: ${opt:none, 5}\nf: ${opt:none, false}\ng: ${opt:none, ''}\nh: \"${opt:none, \\\"a\\\\nb\\\"}\""
        ),
        json!({"a": "red", "b": "red", "c": "x, \"y\"", "d": null, "e": 5, "f": false, "g": "", "h": "a\nb"})
    );
}

#[test]
fn variables_nest_in_addresses_parameters_and_fallback_texts() {
    let world = World::new().stage("prod");
    assert_eq!(
        world.value("a: ${self:t.${opt:stage}.size}\nb: ${self:t.${self:none, 'prod'}.size}\nc: \"${opt:none, '${self:a}'}\"\nd: ${strToBool(${self:flag})}\nflag: 'FALSE'\nt: {prod: {size: 9}}"),
        json!({"a": 9, "b": 9, "c": 9, "d": false, "flag": "FALSE", "t": {"prod": {"size": 9}}})
    );
}

#[test]
fn what_is_cloudformations_stays_but_for_variables_inside_it() {
    let world = World::new();
    assert_eq!(
        world.value(
            "a: ${AWS::Region}\nb: arn:${AWS::Partition}:x:${self:n}\nc: ${Bucket.Arn}\nd: ${}\ne: $${x}\nf: $x\ng: '${${self:n}.Arn}'\nh: ${aws::x}\nn: name"
        ),
        json!({"a": "${AWS::Region}", "b": "arn:${AWS::Partition}:x:name", "c": "${Bucket.Arn}", "d": "${}", "e": "$${x}",
               "f": "$x", "g": "${name.Arn}", "h": "${aws::x}", "n": "name"})
    );
}

#[test]
fn an_odd_number_of_backslashes_keeps_a_variable_and_half_of_them_go() {
    // The single-quoted texts below hold exactly the backslashes seen.
    assert_eq!(
        World::new().value(
            r"a: '\${self:n}'
b: '\\${self:n}'
c: '\\\${self:n}'
d: 'C:\dir\${self:n}-${self:n}'
n: x"
        ),
        json!({"a": "${self:n}", "b": r"\x", "c": r"\${self:n}", "d": r"C:\dir${self:n}-x", "n": "x"})
    );
}

#[test]
fn what_is_kept_is_not_resolved_when_others_refer_to_it() {
    assert_eq!(
        World::new().value("a: '\\${self:n}'\nb: ${self:a}\nc: x${self:a}\nn: 1"),
        json!({"a": "${self:n}", "b": "${self:n}", "c": "x${self:n}", "n": 1})
    );
}

#[test]
fn the_stage_comes_from_the_option_then_the_file_then_is_dev() {
    assert_eq!(World::new().value("a: ${sls:stage}"), json!({"a": "dev"}));
    let written = "a: ${sls:stage}\nprovider: {stage: \"${opt:stage, 'qa'}\"}";
    assert_eq!(World::new().value(written)["a"], "qa");
    assert_eq!(World::new().stage("prod").value(written)["a"], "prod");
    assert_eq!(
        World::new().value("a: ${aws:region}\nprovider: {region: eu-west-1}")["a"],
        "eu-west-1"
    );
}

#[test]
fn a_parameter_is_taken_from_the_command_line_then_its_stage_then_default() {
    let text = "a: ${param:a}\nb: ${param:b}\nc: ${param:c}\nd: ${param:d, 'fall'}\nparams:\n  default: {a: 1, b: 2, c: 3}\n  dev: {a: 10, b: '${self:x}'}\nx: 20";
    let value = World::new().parameter("a", "100").value(text);
    assert_eq!(
        [&value["a"], &value["b"], &value["c"], &value["d"]],
        [&json!("100"), &json!(20), &json!(3), &json!("fall")]
    );
}

#[test]
fn lookups_are_listed_once_and_chained_ones_after_their_answer() {
    let text = "a: ${file(${env:NAME}.yml):key}\nb: ${env:NAME}-${env:OTHER}";
    let first = World::new().resolve(text);
    assert_eq!(
        first.wanted,
        [
            Lookup::Environment("NAME".into()),
            Lookup::Environment("OTHER".into())
        ]
    );
    assert_eq!(first.found.0, []);
    let world = World::new().variable("NAME", "x").variable("OTHER", "y");
    let path = ProjectPath::parse("x.yml").expect("a path");
    assert_eq!(world.resolve(text).wanted, [Lookup::File(path)]);
    assert_eq!(
        world.file("x.yml", "key: ${self:b}").value(text),
        json!({"a": "x-y", "b": "x-y"})
    );
}

#[test]
fn a_file_is_read_by_its_ending_and_its_own_variables_are_resolved() {
    let world = World::new()
        .file("c.json", "{\"a\": {\"b\": [1, \"${self:n}\"]}}")
        .file("t.txt", "line\n")
        .file("c.yml", "k: ${file(t.txt)}\nl: !Ref X\n");
    assert_eq!(
        world.value(
            "a: ${file(./c.json):a.b}\nb: ${file(t.txt)}\nc: ${file(c.yml)}\nd: ${self:c.k}\nn: z"
        ),
        json!({"a": [1, "z"], "b": "line\n", "c": {"k": "line\n", "l": {"Ref": "X"}}, "d": "line\n", "n": "z"})
    );
}

#[test]
fn dotenv_files_stand_behind_the_environment_when_the_file_asks_for_them() {
    let path = |text: &str| Lookup::File(ProjectPath::parse(text).expect("a path"));
    let mut world = World::new().variable("A", "shell").file(
        ".env",
        "A=file\nexport B = \"x y\" # note\nC=plain # note\n",
    );
    for name in ["B", "C"] {
        world
            .answers
            .insert(Lookup::Environment(name.into()), Answer::Missing);
    }
    world.answers.insert(path(".env.dev"), Answer::Missing);
    let value = world.value("useDotenv: true\na: ${env:A}\nb: ${env:B}\nc: ${env:C}");
    assert_eq!(
        [&value["a"], &value["b"], &value["c"]],
        ["shell", "x y", "plain"]
    );
}

#[test]
fn a_circle_is_told_with_all_its_links() {
    let (code, path, place, message) =
        World::new().problem("a: ${self:b.c}\nb: {c: 'x${self:d}'}\nd: ${self:a}");
    assert_eq!(code, Code::VariableCycle);
    assert_eq!((path.as_str(), place.as_str()), ("d", "${self:a}"));
    assert!(message.ends_with("`a` -> `b.c` -> `d` -> `a`"), "{message}");
    assert_eq!(
        World::new().problem("a: {b: '${self:a}'}").0,
        Code::VariableCycle
    );
    assert_eq!(World::new().problem("a: ${self:}").0, Code::VariableCycle);
}

#[test]
fn a_missing_value_is_told_at_its_reference_with_who_wanted_it_and_a_near_name() {
    let text = "ü: ü\na: 'x ${self:custom.b} y'\ncustom: {b: '${self:custom.colour}', color: red}";
    let resolved = World::new().resolve(text);
    let [found] = resolved.found.0.as_slice() else {
        panic!("one problem: {:?}", resolved.found);
    };
    assert_eq!(found.code, Code::VariableMissing);
    assert_eq!(found.path.as_deref(), Some("custom.b"));
    assert_eq!(found.hint.as_deref(), Some("Did you mean `color`?"));
    let (asker, label) = &found.related[0];
    assert_eq!(&text[asker.start..asker.end], "${self:custom.b}");
    assert_eq!(label, "wanted by `a`");
    assert_eq!(resolved.failed, ["a", "custom.b"]);
}

#[test]
fn every_missing_value_of_a_file_is_told_in_one_pass() {
    let text = "a: ${self:x}\nb: '${self:y} ${opt:z}'\nc: ${param:p}\nd: ${foo:bar}\ne: ${state:stack.out}";
    let codes: Vec<_> = World::new()
        .problems(text)
        .into_iter()
        .map(|p| (p.0, p.2))
        .collect();
    assert_eq!(
        codes,
        [
            (Code::VariableMissing, "${self:x}".into()),
            (Code::VariableMissing, "${self:y}".into()),
            (Code::VariableMissing, "${opt:z}".into()),
            (Code::VariableMissing, "${param:p}".into()),
            (Code::VariableUnknownSource, "${foo:bar}".into()),
            (Code::NotYetSupported, "${state:stack.out}".into()),
        ]
    );
}

#[test]
fn credentials_are_refused_before_they_are_looked_up_and_other_secrets_are_warned_of() {
    for name in [
        "AWS_SECRET_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID",
        "aws_session_token",
    ] {
        let text = format!("a: ${{env:{name}}}");
        assert_eq!(World::new().problem(&text).0, Code::VariableForbidden);
        assert_eq!(World::new().resolve(&text).wanted, []);
    }
    let world = World::new()
        .variable("DB_PASSWORD", "hunter2")
        .variable("AWS_REGION", "x");
    let resolved =
        world.resolve("a: ${env:DB_PASSWORD}\nb: ${env:DB_PASSWORD}\nc: ${env:AWS_REGION}");
    assert_eq!(
        resolved.document.to_json(),
        json!({"a": "hunter2", "b": "hunter2", "c": "x"})
    );
    assert_eq!(resolved.found.0.len(), 1, "warned once");
    assert!(!resolved.found.has_errors());
    assert!(
        !resolved.found.0[0].message.contains("hunter2"),
        "the value is not told"
    );
}

#[test]
fn warnings_however_many_leave_every_value_in_place() {
    let world = (0..300).fold(World::new(), |world, at| {
        world.variable(&format!("TOKEN{at}"), "t")
    });
    let text: String = (0..300)
        .map(|at| format!("k{at}: ${{env:TOKEN{at}}}\n"))
        .collect();
    let resolved = world.resolve(&text);
    assert_eq!((resolved.found.0.len(), resolved.failed.len()), (300, 0));
    assert_eq!(
        resolved.document.get("k299").and_then(|n| n.as_text()),
        Some("t")
    );
}

#[test]
fn files_outside_the_project_and_files_that_are_code_are_refused() {
    for path in ["../x.yml", "/etc/passwd", "a/../../x"] {
        assert_eq!(
            World::new().problem(&format!("a: ${{file({path})}}")).0,
            Code::PathOutside,
            "{path}"
        );
    }
    let code = Lookup::Code(CodeCall::of(ProjectPath::parse("x.js").expect("a path")));
    let text = "a: ${file(x.js):y}";
    assert_eq!(
        World::new().resolve(text).wanted,
        std::slice::from_ref(&code)
    );
    for (answer, expected) in [
        (
            Answer::NeedsConsent {
                hash: "0123".into(),
            },
            Code::ConsentNeeded,
        ),
        (
            Answer::Refused {
                reason: "no".into(),
            },
            Code::CodeFailed,
        ),
    ] {
        let mut world = World::new();
        world.answers.insert(code.clone(), answer);
        assert_eq!(world.problem(text).0, expected);
    }
    let mut world = World::new();
    world
        .answers
        .insert(code, Answer::Found("{\"value\": {\"y\": [1]}}".into()));
    assert_eq!(world.value(text), json!({"a": [1]}));
}

#[test]
fn a_variable_that_is_not_written_correctly_is_told_with_what_is_wrong() {
    for (text, words) in [
        ("a: '${self:b'", "closed"),
        ("a: '${opt:a, ${self:b}}'", "without `${`"),
        ("a: '${opt:a, blue}'", "fallback"),
        ("a: '${opt:a, 1, 2}'", "literal"),
        ("a: '${file(x}'", "parentheses"),
        ("a: \"${opt:a, 'x}\"", "quoted"),
        ("a: '${self:${X}}'", "needs a source"),
    ] {
        let (code, path, _, message) = World::new().problem(text);
        assert_eq!((code, path.as_str()), (Code::VariableSyntax, "a"), "{text}");
        assert!(message.contains(words), "{text}: {message}");
    }
    assert_eq!(
        World::new().problem("a: x${self:b}\nb: {c: 1}").0,
        Code::VariableSyntax
    );
}

#[test]
fn bombs_of_references_are_refused() {
    let doubling = |first: &str, next: &dyn Fn(usize) -> String| {
        (1..30).fold(format!("a0: {first}\n"), |text, at| text + &next(at))
    };
    let lists = doubling("[x, x, x]", &|at| {
        format!("a{at}: ['${{self:a{0}}}', '${{self:a{0}}}']\n", at - 1)
    });
    assert_eq!(World::new().problems(&lists)[0].0, Code::ConfigTooLarge);
    let texts = doubling("xxxxxxxxxx", &|at| {
        format!("a{at}: '${{self:a{0}}}${{self:a{0}}}'\n", at - 1)
    });
    assert_eq!(World::new().problems(&texts)[0].0, Code::ConfigTooLarge);
    let heavy = format!("a: '{}'\n", "x".repeat(500_000));
    let heavy = (0..5_000).fold(heavy, |text, at| text + &format!("b{at}: ${{self:a}}\n"));
    assert_eq!(World::new().problem(&heavy).0, Code::ConfigTooLarge);
    let many = (0..5_000).fold(String::new(), |text, at| {
        text + &format!("b{at}: ${{file(big.txt)}}\nc{at}: ${{file(big.yml):a}}\n")
    });
    let world = World::new()
        .file("big.txt", &"x".repeat(1 << 20))
        .file("big.yml", &format!("a: 1\nl: [{}]", "x,".repeat(100_000)));
    assert_eq!(world.problem(&many).0, Code::ConfigTooLarge);
    let chain: String = (0..20_000)
        .map(|at| format!("a{at}: ${{self:a{}}}\n", at + 1))
        .collect();
    assert!(
        World::new()
            .problems(&chain)
            .iter()
            .any(|p| p.0 == Code::VariableCycle)
    );
    let nested = format!("a: '{}x{}'", "${self:".repeat(10_000), "}".repeat(10_000));
    assert_eq!(World::new().problem(&nested).0, Code::VariableSyntax);
}

#[test]
fn a_file_that_reads_itself_comes_to_an_end() {
    let world = World::new().file("a.yml", "x: ${file(a.yml)}\n");
    assert_eq!(world.problem("a: ${file(a.yml)}").0, Code::VariableCycle);
    let wide: String = (0..50)
        .map(|at| format!("k{at}: ${{file(a.yml)}}\n"))
        .collect();
    let world = World::new().file("a.yml", &wide);
    assert_eq!(world.problem("a: ${file(a.yml)}").0, Code::VariableCycle);
}

proptest! {
    #[test]
    fn any_text_is_answered(text in "[${}a-z:,.()' \"\\\\0-9]{0,60}") {
        let _ = super::syntax::parse(&text);
    }

    #[test]
    fn resolving_what_is_resolved_changes_nothing(
        names in prop::collection::vec("[a-d]", 1..5),
        values in prop::collection::vec("(x|[a-d]|\\$\\{self:[a-d]\\}|\\$\\{self:[a-d], 'q'\\}){1,3}", 5),
    ) {
        let lines: std::collections::BTreeMap<_, _> = names.iter().zip(&values).collect();
        let text: String = lines.iter().map(|(name, value)| format!("{name}: \"{value}\"\n")).collect();
        let once = World::new().resolve(&text);
        let again = resolve(
            once.document.clone(),
            Context { options: &Options::default(), answers: &Answers::default() },
            Sources::default(),
        );
        prop_assert_eq!(again.document.to_json(), once.document.to_json());
        prop_assert!(again.found.0.is_empty());
    }
}
