//! Requests put to both, and what they say held against each other.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use pilothouse_guard::{
    Answer, Context, Document, Held, Kind, Layer, Named, Policies, Principal, Request,
    ResourcePolicy, Verdict, evaluate,
};
use serde_json::{Value, json};

use crate::generate::Trial;

/// What came of many requests.
#[derive(Default)]
pub(crate) struct Outcome {
    same: BTreeMap<String, usize>,
    unknown: BTreeMap<String, usize>,
    wrong: Vec<String>,
    silent: usize,
    session: usize,
    ignored: usize,
    total: usize,
}

/// Puts each request to both.
pub(crate) fn hold(trials: &[Trial]) -> Outcome {
    let theirs = std::thread::scope(|scope| {
        scope
            .spawn(|| by_peer(trials))
            .join()
            .expect("the peer answers")
    });
    let mut outcome = Outcome::default();
    for (at, (trial, theirs)) in trials.iter().zip(theirs).enumerate() {
        outcome.total += 1;
        let mut trial = trial.clone();
        for key in theirs["ignored"].as_array().into_iter().flatten() {
            // Its list of an action's keys lacks some; then neither has them.
            trial.context.remove(key.as_str().unwrap_or_default());
            outcome.ignored += 1;
        }
        let ours = by_us(&trial);
        let verdict = theirs["verdict"].as_str().unwrap_or("refused").to_owned();
        let told = match ours.verdict {
            Verdict::Allow => "Allowed",
            Verdict::Deny if ours.is_explicit_denial() => "ExplicitlyDenied",
            Verdict::Deny => "ImplicitlyDenied",
            Verdict::Unknown => {
                let why = ours.open.first().cloned().unwrap_or_default();
                let why = why
                    .split(" the statement")
                    .next()
                    .unwrap_or_default()
                    .to_owned();
                *outcome.unknown.entry(why).or_default() += 1;
                continue;
            }
        };
        if told == "ImplicitlyDenied" && verdict == "ExplicitlyDenied" {
            // Both refuse; whether a statement denies it, we could not tell, and nothing allows it.
            outcome.silent += 1;
        } else if told == "Allowed" && verdict == "ImplicitlyDenied" && names_the_session(&trial) {
            // AWS documents that a policy which names the session itself is not limited by the session's policy.
            outcome.session += 1;
        } else if told == verdict {
            *outcome.same.entry(verdict).or_default() += 1;
        } else {
            outcome.wrong.push(format!(
                "number {at}: we say {}\n  the peer: {theirs}\n  {trial:#?}",
                ours.why()
            ));
        }
    }
    outcome
}

impl Outcome {
    pub(crate) fn assert_the_same(&self) {
        let shown: Vec<&str> = self.wrong.iter().take(3).map(String::as_str).collect();
        assert!(
            self.wrong.is_empty(),
            "{} differ, of which the first:\n{}",
            self.wrong.len(),
            shown.join("\n")
        );
        assert!(
            self.silent * 100 < self.total && self.session * 100 < self.total,
            "{self}"
        );
        // An evaluator that knows nothing would differ from nobody.
        let unknown: usize = self.unknown.values().sum();
        assert!(
            unknown * 12 < self.total,
            "{unknown} of {} are unknown to us: {:?}",
            self.total,
            self.unknown
        );
        assert!(
            self.same.len() == 3 && self.same.values().all(|count| count * 20 > self.total),
            "{:?}",
            self.same
        );
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            total,
            same,
            unknown,
            silent,
            session,
            ignored,
            wrong,
        } = self;
        let unknown: usize = unknown.values().sum();
        writeln!(out, "{total} in all, {} differ", wrong.len())?;
        writeln!(out, "  the same: {same:?}")?;
        writeln!(
            out,
            "  unknown to us: {unknown}; refused by both, by which statement unknown to us: {silent}"
        )?;
        write!(
            out,
            "  the session itself is named, which the peer limits: {session}; context keys the peer leaves out: {ignored}"
        )
    }
}

/// Whether the policy of the resource names the session that asks, and the session has a policy of its own.
fn names_the_session(trial: &Trial) -> bool {
    let named = trial
        .of_resource
        .as_ref()
        .is_some_and(|policy| policy.to_string().contains(&trial.principal));
    trial.session.is_some() && named
}

fn by_peer(trials: &[Trial]) -> Vec<Value> {
    let module = pilothouse_tests::installed_by_npm(
        "policies/peer",
        "policies/0.1.173",
        "node_modules/@cloud-copilot/iam-simulate/dist/esm/index.js",
    );
    let mut child = Command::new("node")
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .arg(pilothouse_tests::tests_folder().join("policies/simulate-many.mjs"))
        .arg(module)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node starts");
    let mut input = child.stdin.take().expect("a pipe");
    let output = BufReader::new(child.stdout.take().expect("a pipe"));
    let answers = std::thread::scope(|scope| {
        scope.spawn(move || {
            for trial in trials {
                writeln!(input, "{}", simulation(trial)).expect("the peer reads");
            }
        });
        let lines = output.lines().map(|line| line.expect("a line"));
        lines
            .map(|line| serde_json::from_str(&line).expect("JSON"))
            .collect::<Vec<Value>>()
    });
    assert!(child.wait().expect("an end").success());
    assert_eq!(answers.len(), trials.len());
    answers
}

fn simulation(trial: &Trial) -> Value {
    // It leaves out what the root user may do without a policy, so that is written out for it.
    let root = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]});
    let identity = if trial.principal.ends_with(":root") {
        vec![root]
    } else {
        trial.identity.clone()
    };
    let named = |values: &[Value]| -> Value {
        let numbered = values.iter().enumerate();
        numbered
            .map(|(at, policy)| json!({"name": format!("p{at}"), "policy": policy}))
            .collect()
    };
    let level =
        |values: &[Value]| json!({"orgIdentifier": "o-1234567890", "policies": named(values)});
    let mut made = json!({
        "request": {
            "principal": trial.principal,
            "action": trial.action,
            "resource": {"resource": trial.resource, "accountId": trial.account},
            "contextVariables": trial.context,
        },
        "identityPolicies": named(&identity),
        "serviceControlPolicies": trial.service_control.iter().map(|values| level(values)).collect::<Vec<_>>(),
        "resourceControlPolicies": if trial.resource_control.is_empty() { json!([]) } else { json!([level(&trial.resource_control)]) },
    });
    if let Some(policy) = &trial.of_resource {
        made["resourcePolicy"] = policy.clone();
    }
    if let Some(policy) = &trial.boundary {
        made["permissionBoundaryPolicies"] = named(std::slice::from_ref(policy));
    }
    if let Some(policy) = &trial.session {
        made["sessionPolicy"] = policy.clone();
    }
    made
}

fn by_us(trial: &Trial) -> Answer {
    let named = |kind: Kind, values: &[Value]| -> Vec<Named> {
        let read = values.iter().map(|value| {
            Document::from_value(value, kind)
                .unwrap_or_else(|problems| panic!("{problems:#?} in {value:#}"))
        });
        read.map(|document| Named::new("policy", document))
            .collect()
    };
    let one = |kind: Kind, value: &Option<Value>| {
        value
            .as_ref()
            .map(|value| named(kind, std::slice::from_ref(value)))
    };
    let held = |layer: Option<Vec<Named>>| layer.map_or(Layer::Absent, Layer::Held);
    let (kind, required) = match trial.action.split(':').next() {
        Some("kms") => (Kind::Key, true),
        Some("sts") => (Kind::Trust, true),
        _ => (Kind::Resource, false),
    };
    let of_resource = one(kind, &trial.of_resource).and_then(|list| list.into_iter().next());
    let levels: Vec<Vec<Named>> = trial
        .service_control
        .iter()
        .map(|values| named(Kind::ServiceControl, values))
        .collect();
    let policies = Policies {
        identity: Layer::Held(named(Kind::Identity, &trial.identity)),
        boundary: one(Kind::Boundary, &trial.boundary)
            .and_then(|list| list.into_iter().next())
            .map_or(Layer::Absent, Layer::Held),
        session: held(one(Kind::Session, &trial.session)),
        service_control: if levels.is_empty() {
            Layer::Absent
        } else {
            Layer::Held(levels)
        },
        resource_control: Layer::Held(named(Kind::ResourceControl, &trial.resource_control)),
        resource: match of_resource {
            None => ResourcePolicy::Absent,
            Some(policy) if required => ResourcePolicy::Required(policy),
            Some(policy) => ResourcePolicy::Beside(policy),
        },
        grants: Layer::Absent,
    };
    let principal = Principal::parse(&trial.principal).expect("a principal");
    let principal = match trial
        .context
        .get("aws:PrincipalArn")
        .and_then(Value::as_str)
    {
        Some(role) => principal.of_role(role),
        None => principal,
    };
    let context = trial
        .context
        .iter()
        .fold(Context::complete(), |context, (key, value)| {
            let values = match value {
                Value::Array(items) => items
                    .iter()
                    .filter_map(Value::as_str)
                    .map(str::to_owned)
                    .collect(),
                one => one.as_str().map(str::to_owned).into_iter().collect(),
            };
            context.holding(key, Held::Values(values))
        });
    let mut request = Request::new(&principal, trial.action, trial.resource, &context);
    request.resource_account = Some(trial.account);
    evaluate(&request, &policies)
}
