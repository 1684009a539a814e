//! What is asked, how often, and what becomes of the answers.

use pilothouse_effects::{Parameter, SecretShape};
use pilothouse_service::Question;
use pilothouse_testkit::{FakeClock, FakeCloud, Fault, Trace};

use super::*;

fn lookup(question: Question) -> CloudLookup {
    CloudLookup {
        region: "eu-west-1".into(),
        profile: None,
        question,
    }
}

fn parameter(name: &str) -> CloudLookup {
    lookup(Question::Parameter(name.into()))
}

fn output(stack: &str, output: &str) -> CloudLookup {
    lookup(Question::Output {
        stack: stack.into(),
        output: output.into(),
    })
}

struct World {
    clock: FakeClock,
    cloud: FakeCloud,
}

impl World {
    fn new() -> Self {
        let clock = FakeClock::at_millis(0);
        let cloud = FakeCloud::new(clock.clone(), Trace::default());
        Self { clock, cloud }
    }

    async fn ask(&self, lookups: &[CloudLookup]) -> Vec<Answer> {
        let answers = answers(&self.clock, &self.cloud.services(), lookups).await;
        lookups
            .iter()
            .map(|lookup| {
                let found = answers.iter().find(|(asked, _)| asked == lookup);
                found.expect("every question has an answer").1.clone()
            })
            .collect()
    }
}

#[tokio::test]
async fn every_question_has_its_answer_and_a_stack_is_described_once() {
    let world = World::new();
    world
        .cloud
        .keep_parameter("/t", Parameter::Text("v".into()));
    world
        .cloud
        .keep_parameter("/l", Parameter::List(vec!["a".into()]));
    let secret = Parameter::Secret {
        version: 4,
        ciphertext: "AQ==".into(),
    };
    world.cloud.keep_parameter("/s", secret);
    world.cloud.keep_secret("S", SecretShape { keys: None });
    world.cloud.keep_text("bkt", "k", "text");
    world.cloud.fail_call(1000, Fault::Lost);
    let asked = world
        .ask(&[
            parameter("/t"),
            parameter("/l"),
            parameter("/s"),
            lookup(Question::KeptParameter("/s".into())),
            parameter("/none"),
            lookup(Question::Secret("S".into())),
            lookup(Question::Object {
                bucket: "bkt".into(),
                key: "k".into(),
            }),
            lookup(Question::Account),
            output("s", "A"),
            output("s", "B"),
        ])
        .await;
    assert_eq!(
        asked,
        [
            Answer::Found("v".into()),
            Answer::Listed(vec!["a".into()]),
            Answer::Secret(Secret::Parameter { version: 4 }),
            Answer::Found("AQ==".into()),
            Answer::Missing,
            Answer::Secret(Secret::Stored { keys: None }),
            Answer::Found("text".into()),
            Answer::Found("111111111111".into()),
            Answer::Missing,
            Answer::Missing,
        ]
    );
    assert_eq!(world.cloud.calls(), 9);
}

#[tokio::test]
async fn what_could_not_be_asked_is_told_with_its_reason_and_a_busy_aws_is_asked_again() {
    let world = World::new();
    world
        .cloud
        .keep_parameter("/t", Parameter::Text("v".into()));
    world.cloud.fail_next("ssm:GetParameter", Fault::Throttled);
    assert_eq!(
        world.ask(&[parameter("/t")]).await,
        [Answer::Found("v".into())]
    );
    for (fault, code) in [
        (Fault::Expired, Code::Credentials),
        (Fault::Unsent, Code::CloudSilent),
        (Fault::Broken, Code::CloudRefused),
    ] {
        world.cloud.fail_next("ssm:GetParameter", fault);
        let answer = world.ask(&[parameter("/t")]).await;
        assert!(
            matches!(answer.as_slice(), [Answer::Failed { code: said, reason, .. }] if *said == code && !reason.is_empty()),
            "{answer:?}"
        );
    }
}

#[test]
fn questions_go_together_by_region_and_profile() {
    let mut other = parameter("/p");
    other.region = "us-east-1".into();
    let mut third = parameter("/p");
    third.profile = Some("p".into());
    let groups = groups(&[
        parameter("/p"),
        other,
        third,
        parameter("/q"),
        parameter("/p"),
    ]);
    let sizes: Vec<usize> = groups.iter().map(Vec::len).collect();
    assert_eq!(sizes, [2, 1, 1]);
}

#[test]
fn a_project_that_was_not_asked_for_says_what_it_wants() {
    let error = not_asked(vec![parameter("/p"), output("s", "O")]);
    assert_eq!(error.code, Code::CloudNotAsked);
    assert_eq!(error.title, "the configuration asks AWS for 2 values");
    assert_eq!(
        error.detail.as_deref(),
        Some("the parameter /p in eu-west-1; the output O of the stack s in eu-west-1")
    );
    assert_eq!(error.wants.map(|wants| wants.len()), Some(2));
}
