//! A service, a cloud in memory, and a clock: what the tests of the road walk in.
#![expect(clippy::expect_used, reason = "a test may panic")]
#![allow(dead_code, reason = "each test file uses its own part")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::FutureExt as _;
use indexmap::IndexMap;
use pilothouse_deploy::{
    Applied, Cancel, DeployProblem, Desired, DesiredArchive, DesiredFunction, Means, Purpose,
    Removal, Session, apply, plan, plan_removal, recover, remove,
};
use pilothouse_effects::{Sealing, StackSettings};
use pilothouse_model::{
    Digest, Outcome, Plan, PlannedProject, PlannedTarget, Progress, Template, Verb,
};
use pilothouse_testkit::{CountingEntropy, FakeClock, FakeCloud, MemoryJournal, Trace};
use serde_json::{Value, json};

pub(crate) const FUNCTION: &str = "shop-dev-hello";
pub(crate) const BUCKET: &str = "shop-dev-serverlessdeploymentbucket";

pub(crate) struct World {
    pub(crate) cloud: FakeCloud,
    pub(crate) clock: FakeClock,
    pub(crate) journal: MemoryJournal,
    pub(crate) trace: Trace,
    pub(crate) told: Arc<std::sync::Mutex<Vec<Progress>>>,
    /// Heeded by every session that begins from now on.
    pub(crate) cancel: Cancel,
    stop_when: Arc<std::sync::Mutex<Option<When>>>,
    entropy: CountingEntropy,
    moments: AtomicU64,
}

/// How often to ask to stop when something happens.
type When = Box<dyn FnMut(&Progress) -> u32 + Send>;

/// What is deployed: the code in one word, and the function's memory.
#[derive(Clone, Copy)]
pub(crate) struct Shop {
    pub(crate) code: &'static str,
    pub(crate) memory: u32,
    pub(crate) users_bucket: Option<&'static str>,
}

pub(crate) const SHOP: Shop = Shop {
    code: "one",
    memory: 128,
    users_bucket: None,
};

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
            cancel: Cancel::default(),
            stop_when: Arc::default(),
            entropy: CountingEntropy::default(),
            moments: AtomicU64::new(1_800_000_000_000),
        }
    }

    pub(crate) fn desired(&self, shop: Shop) -> Desired {
        let millis = self.moments.fetch_add(1, Ordering::SeqCst);
        let release = format!("serverless/shop/dev/{millis}-2027-01-15T08:00:00.000Z");
        Desired {
            project: PlannedProject::default(),
            target: PlannedTarget::Account { profile: None },
            service: "shop".into(),
            stage: "dev".into(),
            stack: "shop-dev".into(),
            releases: "serverless/shop/dev".into(),
            instance_millis: millis,
            create: shop.users_bucket.is_none().then(|| template(json!({}))),
            update: whole(shop, &release),
            parts: None,
            live: None,
            bucket: shop.users_bucket.map(str::to_owned),
            archives: vec![DesiredArchive {
                name: "shop.zip".into(),
                path: "/nowhere/shop.zip".into(),
                digest: Digest::of(shop.code.as_bytes()),
                files: BTreeMap::new(),
            }],
            functions: vec![DesiredFunction {
                key: "hello".into(),
                id: "HelloLambdaFunction".into(),
                name: FUNCTION.into(),
                archive: "shop.zip".into(),
            }],
            api_stage: None,
            prune: None,
            synced: Vec::new(),
            calls: Vec::new(),
            tags: IndexMap::new(),
            settings: StackSettings::default(),
            policy: None,
            sealing: Sealing::default(),
            keep_releases: 5,
            left_out: Vec::new(),
            release,
        }
    }

    pub(crate) fn open(&self, verb: Verb) -> Result<Session, DeployProblem> {
        let told = Arc::clone(&self.told);
        let (stop_when, cancel) = (Arc::clone(&self.stop_when), self.cancel.clone());
        let means = Means {
            cloud: self.cloud.services(),
            clock: Arc::new(self.clock.clone()),
            journal: Arc::new(self.journal.clone()),
            entropy: Arc::new(self.entropy.clone()),
            tell: Arc::new(move |progress| {
                let mut when = stop_when.lock().expect("no panic before");
                for _ in 0..when.as_mut().map_or(0, |when| when(&progress)) {
                    cancel.request();
                }
                told.lock().expect("no panic before").push(progress);
            }),
        };
        let purpose = Purpose {
            verb,
            stack: "shop-dev".into(),
            folder: "/project".into(),
            command: vec!["pilothouse".into(), verb.to_string()],
        };
        wait(Session::open(means, purpose))
    }

    /// Asks to stop as often as `when` says at each thing that happens from now on.
    pub(crate) fn stop_when(&mut self, when: impl FnMut(&Progress) -> u32 + Send + 'static) {
        self.cancel = Cancel::default();
        *self.stop_when.lock().expect("no panic before") = Some(Box::new(when));
    }

    /// Nobody asks to stop any more.
    pub(crate) fn stop_never(&mut self) {
        self.cancel = Cancel::default();
        *self.stop_when.lock().expect("no panic before") = None;
    }

    /// A session after the dead have been looked up.
    pub(crate) fn begin(&self, verb: Verb) -> Result<Session, DeployProblem> {
        let mut session = self.open(verb)?;
        wait(recover(&session))?;
        session.heed(&self.cancel);
        Ok(session)
    }

    pub(crate) fn plan(&self, desired: &Desired) -> Result<(Session, Plan), DeployProblem> {
        let session = self.begin(Verb::Deploy)?;
        let planned = wait(plan(&session, desired));
        let plan = closed(&session, planned)?;
        Ok((session, plan))
    }

    /// What a command does: looks up the dead, plans, applies, closes.
    pub(crate) fn deploy(&self, shop: Shop) -> Result<Applied, DeployProblem> {
        let desired = self.desired(shop);
        let (session, plan) = self.plan(&desired)?;
        self.apply(&session, &desired, &plan)
    }

    pub(crate) fn apply(
        &self,
        session: &Session,
        desired: &Desired,
        plan: &Plan,
    ) -> Result<Applied, DeployProblem> {
        let applied = closed(session, wait(apply(session, desired, plan)))?;
        session.close(Outcome::Done, &applied.stack.status)?;
        Ok(applied)
    }

    pub(crate) fn remove(
        &self,
        users_bucket: Option<&str>,
    ) -> Result<Option<Removal>, DeployProblem> {
        let session = self.begin(Verb::Remove)?;
        let planned = wait(plan_removal(&session, users_bucket, "serverless/shop/dev"));
        let Some(plan) = closed(&session, planned)? else {
            return Ok(None);
        };
        let removed = closed(&session, wait(remove(&session, &plan)))?;
        session.close(Outcome::Done, "removed")?;
        Ok(Some(removed))
    }

    /// What a process leaves that is killed: nothing is closed.
    pub(crate) fn deploy_unclosed(&self, shop: Shop) -> Result<Applied, DeployProblem> {
        let desired = self.desired(shop);
        let session = self.begin(Verb::Deploy)?;
        let plan = wait(plan(&session, &desired))?;
        wait(apply(&session, &desired, &plan))
    }

    pub(crate) fn status(&self) -> Option<String> {
        let stacks = self.cloud.services().stacks;
        let found = wait(stacks.describe("shop-dev")).expect("an answer");
        found.map(|stack| stack.status)
    }

    pub(crate) fn code(&self) -> Option<Digest> {
        self.cloud.code_of(FUNCTION)
    }

    /// The folders of releases in the stack's bucket.
    pub(crate) fn releases(&self) -> Vec<String> {
        let mut folders: Vec<String> = self
            .cloud
            .keys(BUCKET)
            .into_iter()
            .filter_map(|key| key.rsplit_once('/').map(|(folder, _)| folder.to_owned()))
            .collect();
        folders.dedup();
        folders
    }

    pub(crate) fn open_operations(&self) -> usize {
        self.journal
            .all()
            .iter()
            .filter(|one| one.end.is_none())
            .count()
    }
}

fn closed<T>(session: &Session, answer: Result<T, DeployProblem>) -> Result<T, DeployProblem> {
    if let Err(problem) = &answer {
        session.close_failed(problem)?;
    }
    answer
}

/// The fakes answer at once, so nothing is ever waited for.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    future.now_or_never().expect("fakes answer at once")
}

fn template(more: Value) -> Template {
    let mut resources = json!({ "ServerlessDeploymentBucket": { "Type": "AWS::S3::Bucket" } });
    let (Some(all), Value::Object(more)) = (resources.as_object_mut(), more) else {
        unreachable!("both are objects");
    };
    all.extend(more);
    let Value::Object(template) = json!({
        "Resources": resources,
        "Outputs": { "ServerlessDeploymentBucketName": { "Value": { "Ref": "ServerlessDeploymentBucket" } } }
    }) else {
        unreachable!("an object");
    };
    Template(template)
}

fn whole(shop: Shop, release: &str) -> Template {
    let bucket = match shop.users_bucket {
        Some(name) => json!(name),
        None => json!({ "Ref": "ServerlessDeploymentBucket" }),
    };
    let mut made = template(json!({
        "HelloLambdaFunction": { "Type": "AWS::Lambda::Function", "Properties": {
            "FunctionName": FUNCTION, "MemorySize": shop.memory,
            "Code": { "S3Bucket": bucket, "S3Key": format!("{release}/shop.zip") } } },
        "Orders": { "Type": "AWS::SQS::Queue", "Properties": { "DelaySeconds": shop.memory } }
    }));
    if let Some(name) = shop.users_bucket {
        made.section_mut("Resources")
            .shift_remove("ServerlessDeploymentBucket");
        made.section_mut("Outputs").insert(
            "ServerlessDeploymentBucketName".into(),
            json!({ "Value": name }),
        );
    }
    made
}
