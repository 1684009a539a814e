//! Asking AWS for values that a configuration takes from there: which are wanted, and the calls that get them.
//!
//! Reading a project asks nothing by itself. It stops at what is not known yet, and whoever reads it decides whether
//! AWS is asked: the command does when such a variable stands in the file, the window when the user says so.

mod calls;

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;

use pilothouse_effects::{Clock, Cloud, Effect, Target};
use pilothouse_model::{Code, PlannedTarget};
pub use pilothouse_service::CloudLookup;
use pilothouse_service::{Answer, Secret};

use crate::project::ProjectRequest;
use crate::sandbox::{self, Endpoint};
use crate::target::{Happening, Watch};
use crate::{ApiError, Host, Kind};

/// Answers of AWS to what configurations ask. No secret's value is among them.
#[derive(Debug, Clone, Default)]
pub struct Known(BTreeMap<CloudLookup, Answer>);

impl Known {
    /// The answer to a question, when it was asked.
    pub fn get(&self, lookup: &CloudLookup) -> Option<&Answer> {
        self.0.get(lookup)
    }

    /// Adds what else is known; the newer answer stays.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Says of what was not asked that nobody knows it, so that everything else can be looked at.
    pub(crate) fn leave_open(&mut self, wants: Vec<CloudLookup>) {
        for lookup in wants {
            self.0.entry(lookup).or_insert_with(|| Answer::Failed {
                code: Code::CloudNotAsked,
                reason: "AWS was not asked for it yet".to_owned(),
                hint: Some("Ask it on the service's page; it is asked by a plan, too".to_owned()),
            });
        }
    }

    /// Lets a text stand in for each answer, for what is only read and never sent.
    pub(crate) fn stand_in(&mut self, wants: &[CloudLookup]) {
        for lookup in wants {
            self.0
                .insert(lookup.clone(), Answer::Found("unknown".to_owned()));
        }
    }

    /// Whether nothing was asked.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What became of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// There is a value.
    Found,
    /// It is a secret, which a reference stands for.
    Secret,
    /// There is no such thing.
    Missing,
    /// It could not be asked.
    Failed,
}

/// A question, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What is wanted: `the parameter /shop/url`.
    pub what: String,
    /// The Region that is asked.
    pub region: String,
    /// The profile that is named for it.
    pub profile: Option<String>,
    /// The account that answered, or `sandbox`.
    pub account: Option<String>,
    /// What became of it; none before it is asked.
    pub outcome: Option<Outcome>,
}

impl Asked {
    /// A question that was not asked yet.
    pub fn wanted(lookup: &CloudLookup) -> Self {
        Self {
            what: lookup.question.to_string(),
            region: lookup.region.clone(),
            profile: lookup.profile.clone(),
            account: None,
            outcome: None,
        }
    }

    /// In one line: `the parameter /shop/url in eu-west-1: found`.
    pub fn words(&self) -> String {
        let outcome = match self.outcome {
            None => "",
            Some(Outcome::Found) => ": found",
            Some(Outcome::Secret) => ": a secret, not read",
            Some(Outcome::Missing) => ": does not exist",
            Some(Outcome::Failed) => ": no answer",
        };
        let by = match (&self.account, &self.profile) {
            (None, Some(profile)) => format!(" by the profile {profile}"),
            _ => String::new(),
        };
        format!("{} in {}{by}{outcome}", self.what, self.region)
    }
}

/// Where the questions go.
#[derive(Debug)]
pub enum Road<'a> {
    /// To the target, whatever must be started for that: the verb acts there anyway. The text is what others see
    /// who use the sandbox.
    Acting(&'a str),
    /// To what answers now. A sandbox that does not run is not started.
    Looking,
}

/// The most times that answers lead to further questions.
const MOST_ROUNDS: usize = 20;

/// Reads a project, asking AWS for what its configuration wants of it.
///
/// # Errors
/// When the work fails, or the sandbox should be asked and does not run.
pub async fn with_answers<T>(
    host: &Host,
    project: &ProjectRequest,
    target: &PlannedTarget,
    road: Road<'_>,
    watch: &Watch,
    work: impl Fn(&ProjectRequest) -> Result<T, ApiError>,
) -> Result<(T, Known), ApiError> {
    let mut project = project.clone();
    for _ in 0..MOST_ROUNDS {
        let mut error = match work(&project) {
            Ok(value) => return Ok((value, project.known)),
            Err(error) => error,
        };
        let Some(wants) = error.wants.take() else {
            return Err(error);
        };
        let (known, asked) = ask(host, target, &road, watch, &wants).await?;
        project.known.extend(known);
        watch(Happening::Asked(Arc::new(asked)));
    }
    Err(ApiError::new(
        Code::VariableCycle,
        Kind::Config,
        format!("answers of AWS lead to further questions more than {MOST_ROUNDS} times"),
    )
    .hint("A value that names another value has an end: break the chain"))
}

/// Asks AWS, all at once. What cannot be asked is an answer too: the variable that wants it says so.
///
/// # Errors
/// When the sandbox should be asked and does not run.
pub async fn ask(
    host: &Host,
    target: &PlannedTarget,
    road: &Road<'_>,
    watch: &Watch,
    wants: &[CloudLookup],
) -> Result<(Known, Vec<Asked>), ApiError> {
    let sandbox = match target {
        PlannedTarget::Sandbox => Some(endpoint(host, road, watch).await?),
        PlannedTarget::Account { .. } => None,
    };
    let mut known = Known::default();
    let mut asked = Vec::new();
    for group in groups(wants) {
        let Some(first) = group.first() else {
            continue;
        };
        let cloud = match &sandbox {
            Some(place) => Target::Sandbox {
                endpoint: place.url.clone(),
                region: first.region.clone(),
            },
            None => Target::Account {
                profile: profile_of(target, first),
                region: first.region.clone(),
            },
        };
        let cloud = host.clouds.connect(&cloud).await;
        let account = match &sandbox {
            Some(_) => Some("sandbox".to_owned()),
            None => cloud.identity.whoami().await.ok().map(|whom| whom.account),
        };
        for (lookup, answer) in answers(host.clock.as_ref(), &cloud, &group).await {
            asked.push(Asked {
                account: account.clone(),
                outcome: Some(outcome(&answer)),
                profile: profile_of(target, &lookup),
                ..Asked::wanted(&lookup)
            });
            known.0.insert(lookup, answer);
        }
    }
    Ok((known, asked))
}

/// The profile that a question goes by: one that was chosen for the target comes before the configuration's own.
fn profile_of(target: &PlannedTarget, lookup: &CloudLookup) -> Option<String> {
    match target {
        PlannedTarget::Sandbox => None,
        PlannedTarget::Account { profile } => profile.clone().or_else(|| lookup.profile.clone()),
    }
}

struct SandboxPlace {
    url: String,
    /// Keeps it up while it is asked.
    _endpoint: Option<Endpoint>,
}

async fn endpoint(host: &Host, road: &Road<'_>, watch: &Watch) -> Result<SandboxPlace, ApiError> {
    if let Road::Acting(holder) = road {
        let tell = |event| watch(Happening::Sandbox(event));
        let endpoint = sandbox::ensure(host, holder, &tell).await?;
        return Ok(SandboxPlace {
            url: endpoint.url.clone(),
            _endpoint: Some(endpoint),
        });
    }
    let status = sandbox::status(host)?;
    match status.running {
        Some(running) if status.standing == "running" => Ok(SandboxPlace {
            url: running.url,
            _endpoint: None,
        }),
        _ => Err(ApiError::new(
            Code::CloudNotAsked,
            Kind::Precondition,
            "the configuration asks AWS for values, and the sandbox does not run",
        )
        .hint("Start it: pilothouse sandbox up")
        .hint("Or leave --sandbox out to ask your account")),
    }
}

/// The questions by Region and profile.
fn groups(wants: &[CloudLookup]) -> Vec<Vec<CloudLookup>> {
    let mut groups: BTreeMap<(&String, &Option<String>), Vec<CloudLookup>> = BTreeMap::new();
    for lookup in wants {
        let group = groups.entry((&lookup.region, &lookup.profile)).or_default();
        if !group.contains(lookup) {
            group.push(lookup.clone());
        }
    }
    groups.into_values().collect()
}

async fn answers(
    clock: &dyn Clock,
    cloud: &Cloud,
    lookups: &[CloudLookup],
) -> Vec<(CloudLookup, Answer)> {
    /// More at once would only be asked to slow down.
    const AT_ONCE: usize = 10;
    let mut all = Vec::new();
    for some in calls::of(lookups).chunks(AT_ONCE) {
        let calls = some.iter().map(|call| call.made(clock, cloud)).collect();
        all.extend(together(calls).await.into_iter().flatten());
    }
    all
}

fn outcome(answer: &Answer) -> Outcome {
    match answer {
        Answer::Secret(Secret::Parameter { .. } | Secret::Stored { .. }) => Outcome::Secret,
        Answer::Missing => Outcome::Missing,
        Answer::Found(_) | Answer::Listed(_) => Outcome::Found,
        _ => Outcome::Failed,
    }
}

/// What several come to, each going on while the others wait.
async fn together<T>(mut effects: Vec<Effect<'_, T>>) -> Vec<T> {
    let mut done: Vec<Option<T>> = effects.iter().map(|_| None).collect();
    poll_fn(|context| {
        let mut waits = false;
        for (effect, slot) in effects.iter_mut().zip(&mut done) {
            if slot.is_none() {
                match effect.as_mut().poll(context) {
                    Poll::Ready(value) => *slot = Some(value),
                    Poll::Pending => waits = true,
                }
            }
        }
        if waits {
            Poll::Pending
        } else {
            Poll::Ready(())
        }
    })
    .await;
    done.into_iter().flatten().collect()
}

/// The project cannot be read on without answers of AWS.
pub(crate) fn not_asked(wants: Vec<CloudLookup>) -> ApiError {
    let words: Vec<String> = wants
        .iter()
        .map(|want| Asked::wanted(want).words())
        .collect();
    let title = match words.len() {
        1 => "the configuration asks AWS for 1 value".to_owned(),
        count => format!("the configuration asks AWS for {count} values"),
    };
    let mut error = ApiError::new(Code::CloudNotAsked, Kind::Precondition, title)
        .detail(words.join("; "))
        .hint("Let AWS be asked, or give the variables other values with `--param`");
    error.wants = Some(Box::new(wants));
    error
}

#[cfg(test)]
mod tests;
