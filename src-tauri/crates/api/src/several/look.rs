//! What a deploy of several services would do, service by service.

use pilothouse_model::{Course, Plan, Verb};

use super::audience::{Audience, Moved};
use super::{Member, Outputs, Several, missing};
use crate::deploy::{self, DeployRequest};
use crate::{ApiError, Host, info};

/// What looking at one service came to.
#[derive(Debug)]
pub enum Seen {
    /// Its plan. It was thrown away after it was looked at: it is made again when its turn comes.
    Plan(Box<Plan>),
    /// It cannot be planned before that service stands.
    Later(String),
    /// It cannot be planned.
    Failed(Box<ApiError>),
}

impl Seen {
    /// The plan, when there is one.
    pub fn plan(&self) -> Option<&Plan> {
        match self {
            Self::Plan(plan) => Some(plan),
            Self::Later(_) | Self::Failed(_) => None,
        }
    }

    /// Whether it stands already.
    fn stands(&self) -> bool {
        self.plan().is_some_and(|plan| !is_first(plan))
    }
}

/// Makes the plan of each and throws it away again. One that cannot be planned keeps no other from being looked at.
pub async fn look(
    host: &Host,
    request: &DeployRequest,
    several: &Several,
    verb: Verb,
    audience: &dyn Audience,
) -> Vec<Seen> {
    let mut known = Outputs::new();
    let mut seen: Vec<Seen> = Vec::new();
    for member in &several.members {
        let mut others = several.members.iter().zip(&seen);
        let waits = others.find_map(|(other, one)| {
            let needs = member.needs.contains_key(&other.name);
            (needs && !one.stands()).then(|| other.name.clone())
        });
        audience.moved(&member.name, Moved::Planning);
        let one = match look_at(host, request, member, &known, (verb, audience)).await {
            Ok(plan) => Seen::Plan(Box::new(plan)),
            Err(error) => match waits {
                Some(other) => Seen::Later(other),
                None => Seen::Failed(Box::new(error)),
            },
        };
        if one.stands() {
            learn(host, request, several, member, &mut known).await;
        }
        if let Seen::Failed(error) = &one {
            audience.moved(&member.name, Moved::Failed(error));
        }
        seen.push(one);
    }
    seen
}

async fn look_at(
    host: &Host,
    request: &DeployRequest,
    member: &Member,
    known: &Outputs,
    (verb, audience): (Verb, &dyn Audience),
) -> Result<Plan, ApiError> {
    let own = member.request(request, known).map_err(missing)?;
    let watch = audience.watch(&member.name);
    let prepared = deploy::prepare(host, &own, verb, &watch).await?;
    audience.planned(&member.name, &prepared);
    prepared.discard().await
}

/// Reads the outputs of a service that others are given. One that does not stand has none.
pub(super) async fn learn(
    host: &Host,
    request: &DeployRequest,
    several: &Several,
    member: &Member,
    known: &mut Outputs,
) {
    if !several.is_read(&member.name) {
        return;
    }
    let Ok(own) = member.request(request, known) else {
        return;
    };
    let silent = std::sync::Arc::new(|_| {});
    if let Ok(found) = info::info(host, &own, &(silent as crate::target::Watch)).await {
        known.insert(member.name.clone(), found.outputs);
    }
}

const fn is_first(plan: &Plan) -> bool {
    matches!(
        plan.course,
        Course::Create { .. } | Course::Anew { .. } | Course::Whole { creates: true, .. }
    )
}
