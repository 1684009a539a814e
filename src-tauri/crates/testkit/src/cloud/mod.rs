//! A small AWS: CloudFormation, S3 and Lambda as one state that moves only with the clock.
//!
//! It keeps what the documents of AWS promise and a deploy relies on: change sets that can be executed once,
//! events with the token of the call that set them off, rollback, names that a failed stack goes on holding,
//! functions whose code is what lay in the bucket. Everything takes as long as it is told to.

mod change_sets;
mod functions;
mod objects;
mod parameter_store;
mod run;
mod stacks;
mod stages;
mod state;
mod synced;
mod values;
mod versions;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pilothouse_effects::{
    Clock as _, Cloud, CloudProblem, Effect, Identity, LogEvent, Logs, Principal, Requests,
    Sealing, StackSettings, Target, WebAnswer, WebRequest,
};
use pilothouse_model::Digest;

use crate::{FakeClock, Trace};
use state::State;

/// What goes wrong with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is done, and its answer is lost.
    Lost,
    /// It never arrives.
    Unsent,
    /// AWS asks to slow down.
    Throttled,
    /// The credentials have run out.
    Expired,
    /// The service has a fault of its own.
    Broken,
    /// The principal may not do it.
    Denied,
}

/// A cloud in memory. Clones are the same cloud.
#[derive(Debug, Clone)]
pub struct FakeCloud {
    state: Arc<Mutex<State>>,
    clock: FakeClock,
    trace: Trace,
}

/// Calls that change something; each must be preceded by its intent.
const CHANGING: &[&str] = &[
    "cloudformation:CreateChangeSet",
    "cloudformation:ExecuteChangeSet",
    "cloudformation:DeleteChangeSet",
    "cloudformation:DeleteStack",
    "cloudformation:CancelUpdateStack",
    "cloudformation:SetStackPolicy",
    "cloudformation:UpdateStack",
    "s3:PutObject",
    "s3:DeleteObjects",
    "s3:PutObject (s3Sync)",
    "s3:PutBucketTagging",
    "lambda:UpdateFunctionCode",
    "apigateway:UpdateStage",
    "lambda:DeleteFunction",
    "ssm:AddTagsToResource",
    "ssm:DeleteParameters",
    "ssm:LabelParameterVersion",
    "ssm:PutParameter",
    "ssm:RemoveTagsFromResource",
    "ssm:UnlabelParameterVersion",
];

impl FakeCloud {
    /// An empty account.
    pub fn new(clock: FakeClock, trace: Trace) -> Self {
        Self {
            state: Arc::default(),
            clock,
            trace,
        }
    }

    /// Its services.
    pub fn services(&self) -> Cloud {
        Cloud {
            target: Target::Account {
                profile: None,
                region: "eu-west-1".to_owned(),
            },
            identity: Arc::new(self.clone()),
            stacks: Arc::new(self.clone()),
            change_sets: Arc::new(self.clone()),
            objects: Arc::new(self.clone()),
            files: Arc::new(self.clone()),
            functions: Arc::new(self.clone()),
            logs: Arc::new(self.clone()),
            stages: Arc::new(self.clone()),
            versions: Arc::new(self.clone()),
            values: Arc::new(self.clone()),
            parameters: Arc::new(self.clone()),
            parameter_changes: Arc::new(self.clone()),
            requests: Arc::new(self.clone()),
        }
    }

    /// The call of that number from now on, counted from one, goes wrong.
    pub fn fail_call(&self, number: u32, fault: Fault) {
        let mut state = self.state();
        state.calls = 0;
        state.fault = Some((number, fault));
    }

    /// The next call of that name goes wrong.
    pub fn fail_next(&self, call: &'static str, fault: Fault) {
        self.state().fault_of_call = Some((call, fault));
    }

    /// How many calls there were since [`FakeCloud::fail_call`].
    pub fn calls(&self) -> u32 {
        self.state().calls
    }

    /// From now on each resource takes that long.
    pub fn take(&self, duration: Duration) {
        self.state().pace = duration;
    }

    /// The resource of that logical id cannot be made or changed; none any more when absent.
    pub fn refuse(&self, logical_id: Option<&str>) {
        self.state().refused = logical_id.map(str::to_owned);
    }

    /// Makes a bucket that belongs to the user.
    pub fn make_bucket(&self, name: &str) {
        self.state()
            .buckets
            .insert(name.to_owned(), BTreeMap::new());
    }

    /// The keys in a bucket.
    pub fn keys(&self, bucket: &str) -> Vec<String> {
        let state = self.state();
        state
            .buckets
            .get(bucket)
            .into_iter()
            .flat_map(|all| all.keys().cloned())
            .collect()
    }

    /// How each object of a bucket is encrypted.
    pub fn sealings(&self, bucket: &str) -> Vec<Sealing> {
        let state = self.state();
        let objects = state.buckets.get(bucket).into_iter().flatten();
        objects.map(|(_, kept)| kept.sealing.clone()).collect()
    }

    /// The names of all buckets.
    pub fn buckets(&self) -> Vec<String> {
        self.state().buckets.keys().cloned().collect()
    }

    /// The digest of the code that a function runs.
    pub fn code_of(&self, function: &str) -> Option<Digest> {
        self.state().functions.get(function).copied()
    }

    /// How often a change set was executed, at most.
    pub fn most_executions(&self) -> usize {
        let state = self.state();
        state
            .change_sets
            .iter()
            .map(|set| set.executions)
            .max()
            .unwrap_or_default()
    }

    /// What each change set was asked with.
    pub fn all_settings(&self) -> Vec<StackSettings> {
        let state = self.state();
        let sets = state.change_sets.iter();
        sets.map(|set| set.request.settings.clone()).collect()
    }

    /// The policy of a stack.
    pub fn policy_of(&self, stack: &str) -> Option<String> {
        self.state().stack(stack)?.policy.clone()
    }

    /// How many change sets could still be executed.
    pub fn usable_change_sets(&self) -> usize {
        let state = self.state();
        state.change_sets.iter().filter(|set| set.usable).count()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.advance(self.clock.now());
        state
    }

    /// Every call passes here: it is counted, and goes wrong when it should.
    fn call<'a, T: Send + 'a>(
        &'a self,
        call: &'static str,
        act: impl FnOnce(&mut State) -> Result<T, CloudProblem>,
    ) -> Effect<'a, Result<T, CloudProblem>> {
        if CHANGING.contains(&call) {
            self.trace.write(format!("call {call}"));
        }
        let now = self.clock.now();
        let mut state = self.state();
        state.now = Some(now);
        let fault = state.next_fault(call);
        let answer = match fault {
            None => act(&mut state),
            Some(Fault::Lost) => {
                let _ = act(&mut state);
                Err(no_answer(call))
            }
            Some(Fault::Unsent) => Err(no_answer(call)),
            Some(Fault::Throttled) => Err(CloudProblem::Throttled { call }),
            Some(Fault::Expired) => Err(CloudProblem::Credentials {
                reason: "the token has expired".to_owned(),
            }),
            Some(Fault::Denied) => Err(CloudProblem::Denied {
                call,
                reason: format!(
                    "User: arn:aws:iam::111111111111:user/me is not authorized to perform: {call}"
                ),
            }),
            Some(Fault::Broken) => Err(refused(call, "InternalFailure", "an internal failure")),
        };
        Box::pin(std::future::ready(answer))
    }
}

fn no_answer(call: &'static str) -> CloudProblem {
    CloudProblem::NoAnswer {
        call,
        reason: "the connection was closed".to_owned(),
    }
}

fn not_found(call: &'static str, what: &str) -> CloudProblem {
    CloudProblem::NotFound {
        call,
        reason: format!("{what} does not exist"),
    }
}

fn refused(call: &'static str, name: &str, reason: &str) -> CloudProblem {
    CloudProblem::Refused {
        call,
        name: name.to_owned(),
        reason: reason.to_owned(),
    }
}

impl Identity for FakeCloud {
    fn whoami(&self) -> Effect<'_, Result<Principal, CloudProblem>> {
        self.call("sts:GetCallerIdentity", |_| {
            Ok(Principal {
                account: "111111111111".to_owned(),
                arn: "arn:aws:iam::111111111111:user/me".to_owned(),
            })
        })
    }
}

impl Requests for FakeCloud {
    fn send(&self, _: WebRequest) -> Effect<'_, Result<WebAnswer, CloudProblem>> {
        self.call("execute-api:Invoke", |_| {
            Ok(WebAnswer {
                status: 200,
                headers: Vec::new(),
                body: Vec::new(),
            })
        })
    }
}

impl Logs for FakeCloud {
    fn since<'a>(
        &'a self,
        _: &'a str,
        _: std::time::SystemTime,
    ) -> Effect<'a, Result<Option<Vec<LogEvent>>, CloudProblem>> {
        self.call("logs:FilterLogEvents", |_| Ok(None))
    }
}
