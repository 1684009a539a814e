//! Reading and writing on a Parameter Store in memory: nothing is lost, nothing is sent that is not in the journal, and
//! what AWS turns away is waited for and told.

#![expect(clippy::expect_used, reason = "a test may panic")]

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use pilothouse_effects::{
    Clock as _, CloudProblem, ParameterFacts, ParameterFilter, ParameterKind, ParameterTier,
    Parameters as _, Principal,
};
use pilothouse_model::{Outcome, Secret, Verb};
use pilothouse_secrets::{
    DigestKey, Edit, Fate, Imported, Means, Progress, Purpose, SecretProblem, Session, Wanted,
    apply, history, keep, label, list, plan, put_back, remove, set, show, unlabel, values,
};
use pilothouse_testkit::{CountingEntropy, FakeClock, FakeCloud, Fault, MemoryJournal, Trace};
use proptest::prelude::*;

struct World {
    cloud: FakeCloud,
    clock: FakeClock,
    journal: MemoryJournal,
    trace: Trace,
    told: Arc<Mutex<Vec<Progress>>>,
    stop: Arc<AtomicBool>,
    entropy: CountingEntropy,
}

impl World {
    fn new() -> Self {
        let clock = FakeClock::at_millis(1_800_000_000_000);
        let trace = Trace::default();
        Self {
            cloud: FakeCloud::new(clock.clone(), trace.clone()),
            journal: MemoryJournal::new(trace.clone()),
            clock,
            trace,
            told: Arc::default(),
            stop: Arc::default(),
            entropy: CountingEntropy::default(),
        }
    }

    fn means(&self) -> Means {
        let (told, stop) = (Arc::clone(&self.told), Arc::clone(&self.stop));
        let services = self.cloud.services();
        Means {
            parameters: services.parameters,
            changes: services.parameter_changes,
            clock: Arc::new(self.clock.clone()),
            entropy: Arc::new(self.entropy.clone()),
            journal: Arc::new(self.journal.clone()),
            tell: Arc::new(move |progress| told.lock().expect("a list").push(progress)),
            stop: Arc::new(move || stop.load(Ordering::SeqCst)),
            region: "eu-west-1".to_owned(),
        }
    }

    fn session(&self, verb: Verb) -> Session {
        let purpose = Purpose {
            verb,
            subject: "parameters of a test".to_owned(),
            command: vec!["pilothouse".to_owned()],
            sandbox: false,
        };
        let principal = Principal {
            account: "111111111111".to_owned(),
            arn: "arn:aws:iam::111111111111:user/me".to_owned(),
        };
        Session::new(self.means(), purpose, &principal).expect("a session")
    }

    fn value(&self, name: &str) -> Option<(String, u32)> {
        self.cloud.stored(name)
    }

    fn waits(&self) -> Vec<(usize, Option<usize>, Duration)> {
        let told = self.told.lock().expect("a list");
        let wait = |progress: &Progress| match progress {
            Progress::Waiting { done, of, wait, .. } => Some((*done, *of, *wait)),
            _ => None,
        };
        told.iter().filter_map(wait).collect()
    }
}

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

fn edit(name: &str, value: &str, seen: Option<u32>) -> Edit {
    Edit {
        name: name.to_owned(),
        value: Some(secret(value)),
        seen,
        ..Edit::default()
    }
}

fn wanted(name: &str, value: &str) -> Wanted {
    Wanted {
        name: name.to_owned(),
        value: secret(value),
        kind: ParameterKind::Secure,
        key: None,
        line: None,
    }
}

fn key() -> DigestKey {
    DigestKey::new([3; 32])
}

#[tokio::test]
async fn a_list_is_read_in_pages_and_narrowed_to_a_path() {
    let world = World::new();
    for number in 0..10_000 {
        world
            .cloud
            .store(&format!("/many/p{number:05}"), "x", ParameterKind::Text);
    }
    world
        .cloud
        .store("/many-others/x", "x", ParameterKind::Text);
    let mut pages = Vec::new();
    let filter = ParameterFilter::Under("/many".to_owned());
    let read = list(&world.means(), Some(&filter), Some(10_000), &mut |page| {
        pages.push(page.len());
        true
    })
    .await
    .expect("a list");
    assert_eq!(
        (read, pages.len(), pages.iter().max()),
        (10_000, 200, Some(&50))
    );

    let mut heard = 0;
    let read = list(&world.means(), Some(&filter), None, &mut |_| {
        heard += 1;
        heard < 3
    })
    .await;
    assert_eq!(
        read.expect("a list"),
        150,
        "it ends when nobody listens any more"
    );
}

#[tokio::test]
async fn values_are_read_in_tens_and_a_refusal_is_waited_for_and_told() {
    let world = World::new();
    let names: Vec<String> = (0..95).map(|number| format!("/p/{number:02}")).collect();
    names
        .iter()
        .for_each(|name| world.cloud.store(name, name, ParameterKind::Secure));
    world
        .cloud
        .fail_calls("ssm:GetParameters", 4, 3, Fault::Throttled);
    world.cloud.fail_call(u32::MAX, Fault::Broken);
    let before = world.clock.now();
    let found = values(&world.means(), &names).await.expect("values");
    assert_eq!(found.len(), 95);
    assert!(found.iter().all(|one| one.value.expose() == one.name));
    assert_eq!(
        world.cloud.calls(),
        10 + 3,
        "ten by ten, and the three that were turned away"
    );
    let waits = world.waits();
    assert_eq!(
        waits
            .iter()
            .map(|wait| (wait.0, wait.1))
            .collect::<Vec<_>>(),
        [(40, Some(95)); 3]
    );
    assert!(
        waits.windows(2).all(|pair| pair[0].2 < pair[1].2),
        "each longer: {waits:?}"
    );
    let passed = world
        .clock
        .now()
        .duration_since(before)
        .expect("time passed");
    let waited: Duration = waits.iter().map(|wait| wait.2).sum();
    assert!(
        passed > waited,
        "and the pace stays slower for a while: {passed:?}, {waited:?}"
    );
}

#[tokio::test]
async fn what_goes_on_being_refused_ends_with_that_problem() {
    let world = World::new();
    world.cloud.store("/p", "x", ParameterKind::Text);
    world
        .cloud
        .fail_calls("ssm:GetParameters", 0, 100, Fault::Throttled);
    let problem = values(&world.means(), &["/p".to_owned()])
        .await
        .expect_err("it ends");
    assert!(
        matches!(
            problem,
            SecretProblem::Cloud(CloudProblem::Throttled { .. })
        ),
        "{problem}"
    );
    assert_eq!(world.waits().len(), 7);
}

#[tokio::test]
async fn a_version_is_written_over_the_one_that_was_seen_and_over_no_other() {
    let world = World::new();
    let done = set(&world.session(Verb::SetSecret), &edit("/p", "one", None))
        .await
        .expect("new");
    assert_eq!((done.version, done.overtaken), (1, Vec::new()));
    let again = set(&world.session(Verb::SetSecret), &edit("/p", "two", None)).await;
    assert!(
        matches!(again, Err(SecretProblem::Exists { version: 1, .. })),
        "{again:?}"
    );
    set(&world.session(Verb::SetSecret), &edit("/p", "two", Some(1)))
        .await
        .expect("seen");
    let late = set(
        &world.session(Verb::SetSecret),
        &edit("/p", "three", Some(1)),
    )
    .await;
    assert!(
        matches!(
            late,
            Err(SecretProblem::Moved {
                seen: 1,
                now: 2,
                ..
            })
        ),
        "{late:?}"
    );
    let gone = set(&world.session(Verb::SetSecret), &edit("/q", "x", Some(1))).await;
    assert!(
        matches!(gone, Err(SecretProblem::Missing { .. })),
        "{gone:?}"
    );
    assert_eq!(world.value("/p"), Some(("two".to_owned(), 2)));
    assert_eq!(world.value("/q"), None);
}

#[tokio::test]
async fn what_is_not_said_stays_as_it_is() {
    let world = World::new();
    let first = Edit {
        kind: Some(ParameterKind::Secure),
        key: Some("alias/polls".to_owned()),
        tier: Some(ParameterTier::Advanced),
        description: Some("For the queue".to_owned()),
        pattern: Some("^[a-z]+$".to_owned()),
        policies: Some(r#"[{"Type":"NoChangeNotification","Version":"1.0","Attributes":{"After":"20","Unit":"Days"}}]"#.to_owned()),
        tags: vec![("team".to_owned(), "polls".to_owned())],
        ..edit("/p", "one", None)
    };
    set(&world.session(Verb::SetSecret), &first)
        .await
        .expect("new");
    let before = world.cloud.stored_facts("/p").expect("it is there");
    set(&world.session(Verb::SetSecret), &edit("/p", "two", Some(1)))
        .await
        .expect("value alone");
    let kept = Edit {
        value: None,
        description: Some("Other".to_owned()),
        ..edit("/p", "", Some(2))
    };
    set(&world.session(Verb::SetSecret), &kept)
        .await
        .expect("description alone");
    let after = world.cloud.stored_facts("/p").expect("it is there");
    let expected = ParameterFacts {
        version: 3,
        description: Some("Other".to_owned()),
        ..before.0.clone()
    };
    assert_eq!((after.0, after.2), (expected, before.2));
    assert_eq!(world.value("/p"), Some(("two".to_owned(), 3)));
    let smaller = Edit {
        tier: Some(ParameterTier::Standard),
        ..edit("/p", "x", Some(3))
    };
    let smaller = set(&world.session(Verb::SetSecret), &smaller).await;
    assert!(
        matches!(smaller, Err(SecretProblem::SmallerTier { .. })),
        "{smaller:?}"
    );
    let other = Edit {
        kind: Some(ParameterKind::Text),
        ..edit("/p", "x", Some(3))
    };
    let other = set(&world.session(Verb::SetSecret), &other).await;
    assert!(
        matches!(other, Err(SecretProblem::OtherKind { .. })),
        "{other:?}"
    );
}

#[tokio::test]
async fn what_aws_would_refuse_is_never_sent_and_leaves_no_trace() {
    let world = World::new();
    let wrong = edit("/aws/p", "", None);
    let problem = set(&world.session(Verb::SetSecret), &wrong)
        .await
        .expect_err("it is refused");
    let SecretProblem::Rules { broken, .. } = problem else {
        panic!("{problem}");
    };
    assert_eq!(
        broken.iter().map(|one| one.part).collect::<Vec<_>>(),
        ["name", "value"]
    );
    assert!(world.journal.all().is_empty());
}

#[tokio::test]
async fn an_intent_is_in_the_journal_before_each_call_and_no_value_ever_is() {
    let world = World::new();
    let session = world.session(Verb::SetSecret);
    let written = set(&session, &edit("/p", "hunter2", None)).await;
    session
        .close(written, |written| format!("version {}", written.version))
        .expect("closed");
    let session = world.session(Verb::LabelSecret);
    label(&session, "/p", 1, &["live".to_owned()])
        .await
        .expect("labelled");
    unlabel(&session, "/p", 1, &["live".to_owned()])
        .await
        .expect("unlabelled");
    let session = world.session(Verb::RemoveSecrets);
    remove(&session, &["/p".to_owned()]).await.expect("removed");
    let lines = world.trace.lines();
    let expected = [
        "intend ssm:PutParameter",
        "call ssm:PutParameter",
        "intend ssm:LabelParameterVersion",
        "call ssm:LabelParameterVersion",
        "intend ssm:UnlabelParameterVersion",
        "call ssm:UnlabelParameterVersion",
        "intend ssm:DeleteParameters",
        "call ssm:DeleteParameters",
    ];
    assert_eq!(lines, expected);
    let all = world.journal.all();
    assert!(!format!("{all:?}").contains("hunter2"));
    let (outcome, words, _) = all[0].end.clone().expect("it ended");
    assert_eq!((outcome, words.as_str()), (Outcome::Done, "version 1"));
    assert_eq!(all[0].steps[0].result.as_deref(), Some("version 1"));
}

#[tokio::test]
async fn a_value_is_shown_once_it_is_noted_who_asked() {
    let world = World::new();
    world.cloud.store("/p", "one", ParameterKind::Secure);
    world.cloud.store("/p", "two", ParameterKind::Secure);
    let session = world.session(Verb::RevealSecret);
    let found = show(&session, "/p:1").await.expect("it is shown");
    assert_eq!((found.value.expose(), found.version), ("one", 1));
    let noted = &world.journal.all()[0];
    assert_eq!(noted.start.principal, "arn:aws:iam::111111111111:user/me");
    assert_eq!(noted.steps[0].intent.subject, "/p:1");
    assert_eq!(
        noted.steps[0].result.as_deref(),
        Some("version 1 was given out")
    );
    let missing = show(&world.session(Verb::RevealSecret), "/p:7").await;
    assert!(matches!(missing, Err(SecretProblem::Missing { .. })));
}

#[tokio::test]
async fn an_answer_that_is_lost_is_looked_up() {
    let world = World::new();
    world.cloud.fail_next("ssm:PutParameter", Fault::Lost);
    let done = set(&world.session(Verb::SetSecret), &edit("/p", "one", None)).await;
    assert_eq!(done.expect("it is found to have been written").version, 1);
    world.cloud.fail_next("ssm:PutParameter", Fault::Unsent);
    let lost = set(&world.session(Verb::SetSecret), &edit("/p", "two", Some(1))).await;
    assert!(
        matches!(
            lost,
            Err(SecretProblem::Cloud(CloudProblem::NoAnswer { .. }))
        ),
        "{lost:?}"
    );
    assert_eq!(
        world.value("/p"),
        Some(("one".to_owned(), 1)),
        "and it is never sent twice"
    );
}

#[tokio::test]
async fn an_import_writes_what_it_showed_and_nothing_else() {
    let world = World::new();
    world.cloud.store("/s/same", "1", ParameterKind::Secure);
    world.cloud.store("/s/changed", "old", ParameterKind::Text);
    world.cloud.store("/s/other", "other", ParameterKind::Text);
    let values = vec![
        wanted("/s/new", "n"),
        wanted("/s/same", "1"),
        wanted("/s/changed", "new"),
        wanted("/s/empty", ""),
        wanted("/s/new", "again"),
    ];
    let planned = plan(&world.means(), &key(), values).await.expect("a plan");
    let fates: Vec<&str> = planned
        .rows()
        .iter()
        .map(|row| match row.fate {
            Fate::Added => "added",
            Fate::Changed { version: 1, .. } => "changed",
            Fate::Same { .. } => "same",
            Fate::Refused(_) => "refused",
            _ => "other",
        })
        .collect();
    assert_eq!(fates, ["added", "same", "changed", "refused", "refused"]);
    assert_eq!((planned.writes(), planned.refused()), (2, 2));
    let done = apply(&world.session(Verb::ImportSecrets), &planned)
        .await
        .expect("it is written");
    assert_eq!(
        done.written
            .iter()
            .map(|one| one.name.as_str())
            .collect::<Vec<_>>(),
        ["/s/new", "/s/changed"]
    );
    assert_eq!(world.value("/s/changed"), Some(("new".to_owned(), 2)));
    assert_eq!(world.value("/s/same"), Some(("1".to_owned(), 1)));
    assert_eq!(world.value("/s/other"), Some(("other".to_owned(), 1)));
    assert_eq!(
        world
            .cloud
            .stored_facts("/s/changed")
            .expect("facts")
            .0
            .kind,
        ParameterKind::Text,
        "it keeps its type"
    );
}

#[tokio::test]
async fn what_somebody_changed_after_the_look_is_left_alone() {
    let world = World::new();
    world.cloud.store("/s/a", "old", ParameterKind::Secure);
    let planned = plan(
        &world.means(),
        &key(),
        vec![wanted("/s/a", "mine"), wanted("/s/b", "mine")],
    )
    .await;
    let planned = planned.expect("a plan");
    world.cloud.store("/s/a", "theirs", ParameterKind::Secure);
    world.cloud.store("/s/b", "theirs", ParameterKind::Secure);
    let done = apply(&world.session(Verb::ImportSecrets), &planned)
        .await
        .expect("it ends");
    assert_eq!(
        done,
        Imported {
            written: Vec::new(),
            moved: vec!["/s/a".to_owned(), "/s/b".to_owned()]
        }
    );
    assert_eq!(world.value("/s/a"), Some(("theirs".to_owned(), 2)));
    assert_eq!(world.value("/s/b"), Some(("theirs".to_owned(), 1)));
}

fn five_hundred() -> Vec<Wanted> {
    (0..500)
        .map(|number| wanted(&format!("/big/p{number:03}"), &format!("v{number}")))
        .collect()
}

#[tokio::test]
async fn credentials_that_expire_half_way_leave_a_true_report_and_the_rest_to_the_same_command() {
    let world = World::new();
    world
        .cloud
        .fail_calls("ssm:PutParameter", 237, u32::MAX, Fault::Expired);
    let planned = plan(&world.means(), &key(), five_hundred())
        .await
        .expect("a plan");
    assert_eq!(planned.writes(), 500);
    let stopped = apply(&world.session(Verb::ImportSecrets), &planned)
        .await
        .expect_err("it stops");
    let SecretProblem::Stopped {
        written,
        left,
        problem,
    } = stopped
    else {
        panic!("{stopped}");
    };
    assert_eq!((written.len(), left.len()), (237, 263));
    assert!(matches!(
        *problem,
        SecretProblem::Cloud(CloudProblem::Credentials { .. })
    ));
    assert!(written.iter().all(|name| world.value(name).is_some()));
    assert!(left.iter().all(|name| world.value(name).is_none()));

    let fresh = World {
        cloud: world.cloud.clone(),
        ..World::new()
    };
    world.cloud.mend();
    let planned = plan(&fresh.means(), &key(), five_hundred())
        .await
        .expect("a plan");
    assert_eq!(planned.writes(), 263, "what was written is found the same");
    let done = apply(&fresh.session(Verb::ImportSecrets), &planned)
        .await
        .expect("the rest");
    assert_eq!(done.written.len(), 263);
    for number in 0..500 {
        assert_eq!(
            world.value(&format!("/big/p{number:03}")),
            Some((format!("v{number}"), 1))
        );
    }
}

#[tokio::test]
async fn an_import_stops_between_two_parameters_when_it_is_asked_to() {
    let world = World::new();
    let planned = plan(&world.means(), &key(), five_hundred())
        .await
        .expect("a plan");
    world.stop.store(true, Ordering::SeqCst);
    let stopped = apply(&world.session(Verb::ImportSecrets), &planned)
        .await
        .expect_err("it stops");
    assert!(
        matches!(stopped, SecretProblem::Stopped { ref left, .. } if left.len() == 500),
        "{stopped}"
    );
}

#[tokio::test]
async fn what_is_deleted_can_be_put_back_with_all_but_its_history() {
    let world = World::new();
    let first = Edit {
        key: Some("alias/polls".to_owned()),
        description: Some("For the queue".to_owned()),
        tags: vec![("team".to_owned(), "polls".to_owned())],
        ..edit("/p", "one", None)
    };
    set(&world.session(Verb::SetSecret), &first)
        .await
        .expect("new");
    set(&world.session(Verb::SetSecret), &edit("/p", "two", Some(1)))
        .await
        .expect("second");
    label(
        &world.session(Verb::LabelSecret),
        "/p",
        2,
        &["live".to_owned()],
    )
    .await
    .expect("label");
    let before = world.cloud.stored_facts("/p").expect("facts");
    let kept = keep(&world.means(), vec![before.0.clone()])
        .await
        .expect("it is remembered");
    let gone = remove(&world.session(Verb::RemoveSecrets), &["/p".to_owned()])
        .await
        .expect("deleted");
    assert_eq!((gone, world.value("/p")), (vec!["/p".to_owned()], None));
    put_back(&world.session(Verb::PutBackSecrets), &kept)
        .await
        .expect("made again");
    let after = world.cloud.stored_facts("/p").expect("facts");
    assert_eq!(
        after,
        (
            ParameterFacts {
                version: 1,
                ..before.0
            },
            before.1,
            before.2
        )
    );
    assert_eq!(world.value("/p"), Some(("two".to_owned(), 1)));
    let again = put_back(&world.session(Verb::PutBackSecrets), &kept)
        .await
        .expect("nothing to do");
    assert!(again.is_empty(), "what exists again is left alone");
}

#[tokio::test]
async fn a_deletion_that_is_cut_off_tells_what_is_gone() {
    let world = World::new();
    let names: Vec<String> = (0..25).map(|number| format!("/p/{number:02}")).collect();
    names
        .iter()
        .for_each(|name| world.cloud.store(name, "x", ParameterKind::Text));
    world
        .cloud
        .fail_calls("ssm:DeleteParameters", 2, 1, Fault::Denied);
    let stopped = remove(&world.session(Verb::RemoveSecrets), &names)
        .await
        .expect_err("it stops");
    let SecretProblem::Stopped { written, left, .. } = stopped else {
        panic!("{stopped}");
    };
    assert_eq!((written.len(), left.len()), (20, 5));
    assert!(left.iter().all(|name| world.value(name).is_some()));
}

#[tokio::test]
async fn a_parameter_that_is_not_there_has_no_history() {
    let world = World::new();
    assert!(matches!(
        history(&world.means(), "/none").await,
        Err(SecretProblem::Missing { .. })
    ));
    assert_eq!(
        world
            .cloud
            .value("/none")
            .await
            .expect("an answer")
            .map(|one| one.version),
        None
    );
    assert!(world.clock.now() > SystemTime::UNIX_EPOCH);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever goes wrong and wherever, what is told to be written is written, nothing else is, and repeating the
    /// import until it ends brings about what was wanted.
    #[test]
    fn an_import_converges_whatever_goes_wrong(
        standing in prop::collection::btree_map("[a-f]", "[xy]", 0..6),
        wanted_values in prop::collection::btree_map("[a-f]", "[xyz]", 1..6),
        faults in prop::collection::vec((1_u32..12, prop::sample::select(vec![Fault::Lost, Fault::Unsent, Fault::Throttled, Fault::Expired, Fault::Broken])), 0..3),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(async {
            let world = World::new();
            for (name, value) in &standing {
                world.cloud.store(&format!("/s/{name}"), value, ParameterKind::Secure);
            }
            let mut faults = faults.into_iter();
            for _ in 0..5 {
                match faults.next() {
                    Some((number, fault)) => world.cloud.fail_call(number, fault),
                    None => world.cloud.fail_call(u32::MAX, Fault::Broken),
                }
                let values = wanted_values.iter().map(|(name, value)| wanted(&format!("/s/{name}"), value)).collect();
                let Ok(planned) = plan(&world.means(), &key(), values).await else { continue };
                match apply(&world.session(Verb::ImportSecrets), &planned).await {
                    Ok(done) => assert!(done.moved.is_empty()),
                    Err(SecretProblem::Stopped { written, .. }) => {
                        for name in written {
                            let of = name.strip_prefix("/s/").expect("a name");
                            assert_eq!(world.value(&name).map(|(value, _)| value).as_ref(), wanted_values.get(of));
                        }
                    }
                    Err(problem) => panic!("{problem}"),
                }
            }
            for (name, value) in &standing {
                let wanted = wanted_values.get(name).unwrap_or(value);
                let (now, version) = world.value(&format!("/s/{name}")).expect("it stays");
                assert_eq!((&now, version), (wanted, if wanted == value { 1 } else { 2 }));
            }
            for (name, value) in &wanted_values {
                assert_eq!(world.value(&format!("/s/{name}")).map(|(value, _)| value).as_ref(), Some(value));
            }
        });
    }
}
