//! A store in memory with a clock, a journal and what it told.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use pilothouse_effects::{ParameterKind, Principal};
use pilothouse_model::{Secret, Verb};
use pilothouse_secrets::{DigestKey, Edit, Means, Progress, Purpose, Session, Wanted};
use pilothouse_testkit::{CountingEntropy, FakeClock, FakeCloud, MemoryJournal, Trace};

pub(crate) struct World {
    pub(crate) cloud: FakeCloud,
    pub(crate) clock: FakeClock,
    pub(crate) journal: MemoryJournal,
    pub(crate) trace: Trace,
    pub(crate) told: Arc<Mutex<Vec<Progress>>>,
    pub(crate) stop: Arc<AtomicBool>,
    pub(crate) entropy: CountingEntropy,
}

impl World {
    pub(crate) fn new() -> Self {
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

    pub(crate) fn means(&self) -> Means {
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

    pub(crate) fn session(&self, verb: Verb) -> Session {
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

    pub(crate) fn value(&self, name: &str) -> Option<(String, u32)> {
        self.cloud.stored(name)
    }

    pub(crate) fn waits(&self) -> Vec<(usize, Option<usize>, Duration)> {
        let told = self.told.lock().expect("a list");
        let wait = |progress: &Progress| match progress {
            Progress::Waiting { done, of, wait, .. } => Some((*done, *of, *wait)),
            _ => None,
        };
        told.iter().filter_map(wait).collect()
    }
}

pub(crate) fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

pub(crate) fn edit(name: &str, value: &str, seen: Option<u32>) -> Edit {
    Edit {
        name: name.to_owned(),
        value: Some(secret(value)),
        seen,
        ..Edit::default()
    }
}

pub(crate) fn wanted(name: &str, value: &str) -> Wanted {
    Wanted {
        name: name.to_owned(),
        value: secret(value),
        kind: ParameterKind::Secure,
        key: None,
        line: None,
    }
}

pub(crate) fn key() -> DigestKey {
    DigestKey::new([3; 32])
}
