//! Values that AWS knows.

use pilothouse_model::Code;
use serde_json::json;

use super::World;
use crate::lookup::{Answer, CloudLookup, Lookup, Question, Secret};

impl World {
    fn cloud(self, question: Question, answer: Answer) -> Self {
        self.cloud_in("us-east-1", question, answer)
    }

    fn cloud_in(mut self, region: &str, question: Question, answer: Answer) -> Self {
        let lookup = CloudLookup {
            region: region.into(),
            profile: None,
            question,
        };
        self.answers.insert(Lookup::Cloud(lookup), answer);
        self
    }
}

fn parameter(name: &str) -> Question {
    Question::Parameter(name.into())
}

fn output(stack: &str, output: &str) -> Question {
    Question::Output {
        stack: stack.into(),
        output: output.into(),
    }
}

fn found(text: &str) -> Answer {
    Answer::Found(text.into())
}

fn secure(version: u64) -> Answer {
    Answer::Secret(Secret::Parameter { version })
}

#[test]
fn everything_that_is_asked_is_listed_at_once_with_region_and_profile() {
    let resolved = World::new().resolve(
        "provider: {region: eu-west-1, profile: shop}\n\
         a: ${cf:s.Out}\nb: ${cf(us-east-2):s.a.b}\nc: ${ssm:/p}\nd: ${ssm(eu-north-1, raw):/p}\n\
         e: ${ssm(noDecrypt):/p}\nf: ${s3:bkt/a/b.txt}\ng: ${aws:accountId}\nh: ${ssm:/aws/reference/secretsmanager/S:AWSPREVIOUS}\ni: ${ssm:/p}",
    );
    let asked: Vec<String> = resolved
        .wanted
        .iter()
        .map(|lookup| match lookup {
            Lookup::Cloud(asked) => {
                assert_eq!(asked.profile.as_deref(), Some("shop"));
                format!("{} in {}", asked.question, asked.region)
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        asked,
        [
            "the output Out of the stack s in eu-west-1",
            "the output a.b of the stack s in us-east-2",
            "the parameter /p in eu-west-1",
            "the parameter /p in eu-north-1",
            "the parameter /p in eu-west-1",
            "the object a/b.txt of the bucket bkt in eu-west-1",
            "the number of the account in eu-west-1",
            "the secret S in eu-west-1",
        ]
    );
}

#[test]
fn texts_and_lists_are_as_they_are_kept_and_their_own_variables_are_replaced() {
    let world = World::new()
        .cloud(parameter("/t"), found("x-${self:n}"))
        .cloud(
            parameter("/l"),
            Answer::Listed(vec!["a".into(), "b".into()]),
        )
        .cloud(parameter("/none"), Answer::Missing)
        .cloud(output("s", "Out"), found("o"));
    assert_eq!(
        world.value("n: 1\na: ${ssm:/t}\nb: ${ssm:/l}\nc: ${ssm(raw):/l}\nd: ${ssm:/none, 'x'}\ne: ${cf:s.Out}!\nf: ${ssm(decrypt):/t}"),
        json!({"n": 1, "a": "x-1", "b": ["a", "b"], "c": "a,b", "d": "x", "e": "o!", "f": "x-1"})
    );
}

#[test]
fn a_fallback_stands_in_for_what_does_not_exist_and_never_for_what_could_not_be_asked() {
    let failed = Answer::Failed {
        code: Code::Denied,
        reason: "ssm:GetParameter is not allowed".into(),
        hint: Some("Ask for it".into()),
    };
    let world = World::new()
        .cloud(parameter("/p"), failed)
        .cloud(parameter("/none"), Answer::Missing);
    let (code, path, text, message) =
        world.problem("custom: {a: '${self:b}'}\nb: \"${ssm:/p, 'x'}\"");
    assert_eq!((code, path.as_str()), (Code::Denied, "b"));
    assert_eq!(text, "${ssm:/p, 'x'}");
    assert!(
        message.contains("ssm:GetParameter is not allowed"),
        "{message}"
    );
    let chain = &world
        .resolve("custom: {a: '${self:b}'}\nb: \"${ssm:/p, 'x'}\"")
        .found
        .0[0]
        .related;
    assert_eq!(chain.len(), 1);
    let (code, _, _, message) = world.problem("a: ${ssm:/none}");
    assert_eq!(code, Code::VariableMissing);
    assert!(message.contains("/none"), "{message}");
}

#[test]
fn a_secret_is_a_reference_with_its_version() {
    let keys = vec![("user".to_owned(), true), ("port".to_owned(), true)];
    let stored = Answer::Secret(Secret::Stored { keys: Some(keys) });
    let world = World::new()
        .cloud(parameter("/s"), secure(7))
        .cloud(parameter("/s:2"), secure(2))
        .cloud(Question::Secret("app/db".into()), stored)
        .cloud(
            Question::Secret("t".into()),
            Answer::Secret(Secret::Stored { keys: None }),
        );
    let root = "/aws/reference/secretsmanager";
    assert_eq!(
        world.value(&format!(
            "a: ${{ssm:/s}}\nb: x-${{ssm:/s:2}}\nc: ${{ssm:{root}/app/db}}\nd: ${{self:c.user}}\n\
             e: ${{ssm(raw):{root}/app/db}}\nf: ${{ssm:{root}/t:AWSPREVIOUS}}"
        )),
        json!({
            "a": "{{resolve:ssm-secure:/s:7}}",
            "b": "x-{{resolve:ssm-secure:/s:2}}",
            "c": {
                "user": "{{resolve:secretsmanager:app/db:SecretString:user}}",
                "port": "{{resolve:secretsmanager:app/db:SecretString:port}}",
            },
            "d": "{{resolve:secretsmanager:app/db:SecretString:user}}",
            "e": "{{resolve:secretsmanager:app/db}}",
            "f": "{{resolve:secretsmanager:t:SecretString::AWSPREVIOUS}}",
        })
    );
}

#[test]
fn a_secret_is_refused_where_its_value_would_be_needed() {
    let nested = vec![("o".to_owned(), false)];
    let world = World::new()
        .cloud(parameter("/s"), secure(1))
        .cloud(parameter("a b"), secure(1))
        .cloud_in("eu-west-1", parameter("/s"), secure(1))
        .cloud(
            Question::Secret("n".into()),
            Answer::Secret(Secret::Stored { keys: Some(nested) }),
        );
    for (text, words) in [
        ("a: ${file(${ssm:/s})}", "inside another variable"),
        ("a: ${strToBool(${ssm:/s})}", "inside another variable"),
        ("a: ${s3:bucket/${ssm:/s}}", "inside another variable"),
        (
            "a: ${ssm:/s}\nb: ${self:a.key, 'x'}",
            "a part of the SecureString `/s`",
        ),
        (
            "c: {a: '${ssm:/s}'}\nb: ${self:c.a.key, 'x'}",
            "a part of the SecureString `/s`",
        ),
        ("a: ${ssm(eu-west-1):/s}", "another Region"),
        ("a: ${ssm:a b}", "cannot refer to the SecureString `a b`"),
        (
            "a: ${ssm:/aws/reference/secretsmanager/n}",
            "`o` in the secret `n`",
        ),
    ] {
        let (code, _, _, message) = world.problem(text);
        assert_eq!(code, Code::SecretMisplaced, "{text}");
        assert!(message.contains(words), "{text}: {message}");
    }
}

#[test]
fn what_is_written_wrong_is_said_without_asking() {
    for (text, words) in [
        ("a: ${cf:stack}", "`stack` is not what `cf:` takes"),
        ("a: ${s3:bucket}", "`bucket` is not what `s3:` takes"),
        ("a: ${cf:}", "needs a name"),
        ("a: ${ssm}x${ssm:}", "needs a name"),
        ("a: ${ssm(x.evil.example/):/p}", "is not a Region"),
        ("a: ${cf(EU):s.o}", "is not a Region"),
        (
            "a: ${cf.eu-west-1:s.o}",
            "no variable source `cf.eu-west-1`",
        ),
    ] {
        let problems = World::new().problems(text);
        assert!(
            problems.iter().any(|p| p.3.contains(words)),
            "{text}: {problems:?}"
        );
        assert_eq!(World::new().resolve(text).wanted, [], "{text}");
    }
}

#[test]
fn a_region_that_asks_aws_itself_is_a_circle() {
    let world = World::new();
    let (code, ..) = world.problem("provider: {region: '${ssm:/region}'}");
    assert_eq!(code, Code::VariableCycle);
}
