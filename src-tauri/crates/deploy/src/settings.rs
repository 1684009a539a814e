//! What is said of the stack as a whole: its parameters and tags, who hears of it, its alarms, its policy. The template
//! does not hold it, so it is compared with the stack that stands, and shown as a row of its own.

use indexmap::IndexMap;
use pilothouse_effects::{CloudProblem, Stack, StackSettings};
use pilothouse_model::{
    Change, Course, Digest, PlanRow, Progress, PropertyChange, Stage, Template,
};
use serde_json::Value;

use crate::desired::Desired;
use crate::failure::{Ending, ending};
use crate::follow::{Followed, follow, mark};
use crate::template::may_be_secret;
use crate::turn::Way;
use crate::{DeployProblem, Failure, Session};

const KIND: &str = "AWS::CloudFormation::Stack";
/// What AWS answers when it sees nothing to do.
const NOTHING: &str = "No updates are to be performed";

/// What differs from the stack that stands.
#[derive(Debug, Default)]
pub(crate) struct Differences {
    /// What is told.
    pub(crate) told: Vec<PropertyChange>,
    /// Whether there is what cannot be compared, for AWS does not show it.
    pub(crate) hidden: bool,
}

impl Differences {
    /// Whether CloudFormation has to look at it.
    pub(crate) const fn need_a_change(&self) -> bool {
        !self.told.is_empty() || self.hidden
    }
}

/// What a change of the stack is to bring about beside the template. The policy is not among it.
pub(crate) fn differences(desired: &Desired, live: &Stack) -> Differences {
    let (wanted, has) = (&desired.settings, &live.settings);
    let mut found = Differences::default();
    let mut tell = |path: String, before: Option<String>, after: Option<String>| {
        if before != after {
            let told = PropertyChange {
                path,
                before: or_none(before),
                after: or_none(after),
            };
            found.told.push(told);
        }
    };
    let tags = &tags_of(desired, live);
    let gone = live.tags.keys().filter(|key| !tags.contains_key(*key));
    for key in tags.keys().chain(gone) {
        let value = |tags: &IndexMap<String, String>| tags.get(key).cloned();
        tell(format!("Tags.{key}"), value(&live.tags), value(tags));
    }
    if wanted.role.is_some() {
        tell("RoleARN".to_owned(), has.role.clone(), wanted.role.clone());
    }
    tell(
        "NotificationARNs".to_owned(),
        listed(&has.notification_arns),
        listed(&wanted.notification_arns),
    );
    if let Some(alarms) = &wanted.alarms {
        let before = has.alarms.as_deref().unwrap_or_default();
        let place = "RollbackConfiguration.RollbackTriggers";
        tell(place.to_owned(), listed(before), listed(alarms));
    }
    if let Some(minutes) = wanted.alarm_minutes {
        let before = has.alarm_minutes.unwrap_or_default();
        let place = "RollbackConfiguration.MonitoringTimeInMinutes";
        tell(
            place.to_owned(),
            Some(before.to_string()),
            Some(minutes.to_string()),
        );
    }
    parameters(desired, has, &mut found);
    found
}

/// The tags of a change of a stack: CloudFormation takes away what is not among them. Those by which AWS knows what
/// belongs to an application are its own.
fn tags_of(desired: &Desired, live: &Stack) -> IndexMap<String, String> {
    let is_of_aws = |key: &str| key.starts_with("aws:") || key == "awsApplication";
    let mut tags = desired.tags.clone();
    for (key, value) in live.tags.iter().filter(|(key, _)| is_of_aws(key)) {
        tags.entry(key.clone()).or_insert_with(|| value.clone());
    }
    tags
}

/// The parameters of the template, each against the value that it has.
fn parameters(desired: &Desired, has: &StackSettings, found: &mut Differences) {
    let definitions = desired.update.section("Parameters").into_iter().flatten();
    for (name, definition) in definitions {
        let after = match desired.settings.parameters.get(name) {
            Some(None) => continue,
            Some(Some(value)) => Some(value.clone()),
            None => definition.get("Default").and_then(text_of),
        };
        let before = has.parameters.get(name).cloned().flatten();
        // That a new parameter has its default is no news.
        let is_news = before.is_some() || desired.settings.parameters.contains_key(name);
        if is_hidden(definition) {
            found.hidden = true;
        } else if is_news && after.is_some() && before != after {
            let path = format!("Parameters.{name}");
            let show = |value: Option<String>| value.filter(|_| !may_be_secret(&path));
            let (before, after) = (show(before), show(after));
            found.told.push(PropertyChange {
                path,
                before,
                after,
            });
        }
    }
}

/// That nothing is set is no secret, and is told apart from what is not shown.
fn or_none(value: Option<String>) -> Option<String> {
    value.or_else(|| Some("none".to_owned()))
}

fn is_hidden(definition: &Value) -> bool {
    match definition.get("NoEcho") {
        Some(Value::Bool(hidden)) => *hidden,
        Some(Value::String(text)) => text.eq_ignore_ascii_case("true"),
        _ => false,
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

/// A list in one order, so that lists are compared as sets; none when there is nothing in it.
fn listed(items: &[String]) -> Option<String> {
    let mut sorted = items.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    (!sorted.is_empty()).then(|| sorted.join(", "))
}

/// The policy, when another one stands. One that the service says nothing of is left alone: AWS has no way back to none.
pub(crate) async fn policy_difference(
    session: &Session,
    desired: &Desired,
    stack: &str,
) -> Result<Option<PropertyChange>, DeployProblem> {
    let Some(wanted) = &desired.policy else {
        return Ok(None);
    };
    let live = session.cloud().stacks.policy(stack).await?;
    let same = live
        .as_deref()
        .and_then(|text| serde_json::from_str::<Value>(text).ok())
        .is_some_and(|live| live == *wanted);
    Ok((!same).then(|| PropertyChange {
        path: "StackPolicy".to_owned(),
        before: or_none(live),
        after: Some(wanted.to_string()),
    }))
}

/// The row of a stack that stands.
pub(crate) fn row(stack: &Stack, properties: Vec<PropertyChange>) -> Option<PlanRow> {
    of_properties(&stack.name, Some(stack.id.clone()), properties)
}

/// The row of a stack that is made: what it gets beside its resources and tags.
pub(crate) fn first_row(desired: &Desired, course: &Course) -> Option<PlanRow> {
    let is_first = matches!(
        course,
        Course::Create { .. } | Course::Anew { .. } | Course::Whole { creates: true, .. }
    );
    if !is_first {
        return None;
    }
    let nothing = Stack {
        tags: desired.tags.clone(),
        settings: StackSettings {
            role: desired.settings.role.clone(),
            ..StackSettings::default()
        },
        ..Stack::default()
    };
    let mut properties = differences(desired, &nothing).told;
    properties.extend(desired.policy.as_ref().map(|policy| PropertyChange {
        path: "StackPolicy".to_owned(),
        before: or_none(None),
        after: Some(policy.to_string()),
    }));
    of_properties(&desired.stack, None, properties)
}

fn of_properties(
    name: &str,
    physical_id: Option<String>,
    properties: Vec<PropertyChange>,
) -> Option<PlanRow> {
    (!properties.is_empty()).then(|| PlanRow {
        logical_id: name.to_owned(),
        resource_type: KIND.to_owned(),
        stack: None,
        physical_id,
        change: Change::Modify,
        conditional: false,
        properties,
    })
}

/// What a request says of a stack beside its template.
pub(crate) struct Beside {
    pub(crate) settings: StackSettings,
    pub(crate) tags: IndexMap<String, String>,
}

/// Of a stack that is made.
pub(crate) fn beside(desired: &Desired) -> Beside {
    Beside {
        settings: desired.settings.clone(),
        tags: desired.tags.clone(),
    }
}

/// Of a stack that stands.
pub(crate) fn beside_live(desired: &Desired, live: &Stack) -> Beside {
    Beside {
        tags: asked(tags_of(desired, live)),
        ..beside(desired)
    }
}

/// AWS refuses to be given tags that only it may set, and keeps them.
fn asked(mut tags: IndexMap<String, String>) -> IndexMap<String, String> {
    tags.retain(|key, _| !key.starts_with("aws:"));
    tags
}

/// With the parameters of a template: one that the template does not have is refused.
pub(crate) fn beside_template(desired: &Desired, template: &Template) -> Beside {
    let known = template.section("Parameters");
    let mut beside = beside(desired);
    let parameters = &mut beside.settings.parameters;
    parameters.retain(|name, _| known.is_some_and(|known| known.contains_key(name)));
    beside
}

/// Gives the stack its policy, once it stands and its policy is another one.
pub(crate) async fn set_policy(session: &Session, desired: &Desired) -> Result<(), DeployProblem> {
    let Some(policy) = &desired.policy else {
        return Ok(());
    };
    if policy_difference(session, desired, &desired.stack)
        .await?
        .is_none()
    {
        return Ok(());
    }
    let step = session.intend("cloudformation:SetStackPolicy", &desired.stack)?;
    let text = policy.to_string();
    let answer = session
        .cloud()
        .stacks
        .set_policy(&desired.stack, &text)
        .await;
    session.came(&step, answer, |()| "done".to_owned())
}

/// Changes what a change set does not see: the stack is updated with the template that it has.
pub(crate) async fn update(
    session: &Session,
    desired: &Desired,
    live: &Stack,
) -> Result<(), DeployProblem> {
    if differences(desired, live).told.is_empty() {
        return Ok(());
    }
    session.began(Stage::Updating);
    let mark = mark(session, &live.id).await?;
    let step = session.intend("cloudformation:UpdateStack", &live.id)?;
    let stacks = &session.cloud().stacks;
    let Beside { settings, tags } = beside_live(desired, live);
    let answer = stacks.update(&live.id, &settings, &tags, &step.token).await;
    match answer {
        Err(CloudProblem::Refused { reason, .. }) if reason.contains(NOTHING) => {
            session.came(&step, Ok(()), |()| "nothing to do".to_owned())?;
            session.tell(Progress::Note(
                "CloudFormation takes these settings over with the next change of the template"
                    .to_owned(),
            ));
            return Ok(());
        }
        answer => session.came(&step, answer, |()| "done".to_owned())?,
    }
    let followed = follow(session, &live.id, &step.token, mark, Way::Update).await?;
    judged(session, &followed)
}

fn judged(session: &Session, followed: &Followed) -> Result<(), DeployProblem> {
    if ending(&followed.status) == Some(Ending::Done) {
        return Ok(());
    }
    let failure = Failure::of(session.stack(), &followed.status, &followed.events);
    Err(DeployProblem::Failed(Box::new(failure)))
}

/// What a plan is bound to of all that is not in the template.
pub(crate) fn mark_of(desired: &Desired) -> String {
    // Written out for debugging, these values are alike when they are equal, and hold nothing that differs by run.
    let words = format!(
        "{:?} {:?} {:?} {:?}",
        desired.settings, desired.tags, desired.policy, desired.api_stage
    );
    Digest::of(words.as_bytes()).to_string()
}
