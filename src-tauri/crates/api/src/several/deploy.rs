//! Deploying several services: one level after the other, those of a level at the same time.

use pilothouse_model::{Change, Code, Plan, Verb};

use super::audience::{Audience, Moved};
use super::together::{Work, together};
use super::{Member, Outputs, Round, Several, missing};
use crate::deploy::{self, DeployRequest, Prepared, Release};
use crate::{ApiError, Cancel, Host, Kind};

/// How many stacks are changed at once.
const AT_ONCE: usize = 4;

/// A deploy of several that somebody has agreed to.
#[derive(Debug)]
pub struct Agreed<'a> {
    /// How it was asked for.
    pub request: &'a DeployRequest,
    /// The services.
    pub several: &'a Several,
    /// By service: the plan that was shown, when there was one.
    pub shown: &'a [Option<&'a Plan>],
    /// Whether nobody is asked about what was not shown.
    pub unasked: bool,
}

/// What a deploy of several came to.
#[derive(Debug, Default)]
pub struct Deployed {
    /// What became of each service.
    pub round: Round,
    /// Those that stand, in the order in which they came to.
    pub releases: Vec<(String, Release)>,
}

/// Deploys all. What fails holds back what leans on it, and nothing else.
pub async fn deploy(
    host: &Host,
    agreed: &Agreed<'_>,
    cancel: &Cancel,
    audience: &dyn Audience,
) -> Deployed {
    let mut deploying = Deploying {
        host,
        agreed,
        cancel,
        audience,
        known: Outputs::new(),
        done: Deployed::default(),
    };
    deploying.run().await;
    deploying.done
}

struct Deploying<'a> {
    host: &'a Host,
    agreed: &'a Agreed<'a>,
    cancel: &'a Cancel,
    audience: &'a dyn Audience,
    known: Outputs,
    done: Deployed,
}

impl Deploying<'_> {
    async fn run(&mut self) {
        let members = &self.agreed.several.members;
        let last = members.last().map_or(0, |member| member.level);
        for level in 0..=last {
            let shown = self.agreed.shown.iter().copied();
            let of_level: Vec<(&Member, Option<&Plan>)> = members
                .iter()
                .zip(shown)
                .filter(|(member, _)| member.level == level)
                .collect();
            for some in of_level.chunks(AT_ONCE) {
                self.some(some).await;
            }
        }
    }

    /// Deploys services that do not need each other, at once.
    async fn some(&mut self, members: &[(&Member, Option<&Plan>)]) {
        let mut works: Vec<Work<'_, (String, Result<Release, ApiError>)>> = Vec::new();
        for (member, shown) in members {
            let name = member.name.clone();
            if let Some(other) = self.done.round.held(member).map(str::to_owned) {
                self.tell(&name, Moved::Held(&other));
                continue;
            }
            self.tell(&name, Moved::Planning);
            match self.prepare(member, *shown).await {
                Ok(prepared) => {
                    let (audience, cancel) = (self.audience, self.cancel);
                    works.push(Box::pin(async move {
                        audience.moved(&name, Moved::Deploying);
                        let applied = prepared.apply(cancel).await;
                        // Told at once: the others of this level may take a while yet.
                        audience.moved(&name, of(&applied));
                        (name, applied)
                    }));
                }
                Err(error) => self.tell(&name, Moved::Failed(&error)),
            }
        }
        for (name, applied) in together(works).await {
            if let Some(fate) = of(&applied).fate() {
                self.done.round.tell(&name, fate);
            }
            if let Ok(release) = applied {
                self.known.insert(name.clone(), release.outputs.clone());
                self.done.releases.push((name, release));
            }
        }
    }

    fn tell(&mut self, name: &str, moved: Moved<'_>) {
        self.audience.moved(name, moved);
        if let Some(fate) = moved.fate() {
            self.done.round.tell(name, fate);
        }
    }

    /// The plan is made again, now that others stand. One that would hurt more than the one that was shown is asked
    /// about by itself.
    async fn prepare(&self, member: &Member, shown: Option<&Plan>) -> Result<Prepared, ApiError> {
        if self.cancel.is_requested() {
            return Err(stopped());
        }
        let own = member.request(self.agreed.request, &self.known);
        let own = own.map_err(missing)?;
        let watch = self.audience.watch(&member.name);
        let prepared = deploy::prepare(self.host, &own, Verb::Deploy, &watch).await?;
        if let Some(shown) = shown
            && is_elsewhere(&prepared.plan, shown)
        {
            let moved = elsewhere(&prepared.plan, shown);
            prepared.discard().await?;
            return Err(moved);
        }
        if self.agreed.unasked || !hurts_more(&prepared.plan, shown) {
            return Ok(prepared);
        }
        let answer = self.audience.go_on(&member.name, &prepared).await;
        if matches!(answer, Ok(true)) {
            return Ok(prepared);
        }
        prepared.discard().await?;
        answer?;
        Err(stopped())
    }
}

const fn of(applied: &Result<Release, ApiError>) -> Moved<'_> {
    match applied {
        Ok(release) => Moved::Stands(release),
        Err(error) => Moved::Failed(error),
    }
}

/// Whether a plan removes or replaces what the one before did not.
pub(super) fn hurts_more(plan: &Plan, shown: Option<&Plan>) -> bool {
    let hurts = |change: Change| {
        matches!(
            change,
            Change::Remove | Change::Replace | Change::MayReplace
        )
    };
    let was_shown = |id: &str, change: Change| {
        let mut rows = shown.iter().flat_map(|plan| &plan.rows);
        rows.any(|row| row.logical_id == id && row.change == change)
    };
    let mut rows = plan.rows.iter();
    rows.any(|row| hurts(row.change) && !was_shown(&row.logical_id, row.change))
}

/// Whether a plan is for another stack than the one that was shown: credentials or files changed meanwhile.
fn is_elsewhere(plan: &Plan, shown: &Plan) -> bool {
    let (now, then) = (&plan.fingerprint, &shown.fingerprint);
    plan.stack != shown.stack || now.account != then.account || now.region != then.region
}

fn elsewhere(plan: &Plan, shown: &Plan) -> ApiError {
    let place = |plan: &Plan| {
        let at = &plan.fingerprint;
        format!("{} in {} of account {}", plan.stack, at.region, at.account)
    };
    ApiError::new(
        Code::PlanStale,
        Kind::Precondition,
        format!("{} was shown, and it would be another now", place(shown)),
    )
    .detail(format!("now it is {}", place(plan)))
    .hint("Nothing of it was changed. Plan again, and look where it goes")
}

pub(super) fn stopped() -> ApiError {
    ApiError::new(
        Code::Cancelled,
        Kind::User,
        "it was not begun, as you asked",
    )
}
