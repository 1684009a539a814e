//! Making a plan: what is, what is wanted, and how to get from one to the other.

use pilothouse_effects::{
    ChangeSet, ChangeSetKind, ChangeSetRequest, ChangeSetState, TemplateSource,
};
use pilothouse_model::{
    Change, CodeChange, Course, PLAN_FORMAT, Plan, PlanRow, Progress, PropertyChange, Stage,
    Template,
};

use serde_json::{Map, Value, json};

use crate::desired::Desired;
use crate::follow::made;
use crate::look::{Existing, LiveCode, Standing, fingerprint, live_codes, look};
use crate::settings::Beside;
use crate::taken::{bucket_is_there, names_are_free};
use crate::template::{depends_on_a_version, differences, without_code};
use crate::upload::{TEMPLATE_NAME, upload_template};
use crate::{DeployProblem, Session, nested, prune, settings, stage, synced};

/// CloudFormation's limit on a template in a request, in bytes.
const MOST_IN_A_REQUEST: usize = 51_200;

/// Works out what a deploy would do. The plan may hold a change set, which is thrown away by
/// [`crate::discard`] when the plan is not executed.
///
/// # Errors
/// When the cloud does not answer, or the stack is in a state that nothing can be planned for.
pub async fn plan(session: &Session, desired: &Desired) -> Result<Plan, DeployProblem> {
    let standing = look(session, desired).await?;
    can_be(session, desired, &standing).await?;
    let synced = synced::find(session, desired, &standing).await?;
    let (mut course, mut rows) = match &standing {
        Standing::Absent => plan_first(session, desired).await?,
        Standing::Wreck(stack) => {
            let course = Course::Anew {
                failed_stack: stack.id.clone(),
            };
            (course, nested::all_added(desired))
        }
        Standing::Up(existing) => plan_change(session, desired, existing).await?,
    };
    let in_stack = match (&standing, &course) {
        (Standing::Up(existing), Course::Whole { .. }) => output_changes(desired, existing),
        _ => Vec::new(),
    };
    let beside = beside_the_template(session, desired, &standing, &course, in_stack).await?;
    let has_files = synced.iter().any(|folder| !folder.is_empty());
    if (has_files || !beside.is_empty()) && course == Course::Nothing {
        course = Course::Settings;
    }
    let old_versions = prune::find(session, desired, &course, &rows).await?;
    rows.extend(beside);
    Ok(Plan {
        format: PLAN_FORMAT,
        project: desired.project.clone(),
        target: desired.target.clone(),
        service: desired.service.clone(),
        stage: desired.stage.clone(),
        stack: desired.stack.clone(),
        release: desired.release.clone(),
        instance_millis: desired.instance_millis,
        fingerprint: fingerprint(session, desired, &standing),
        course,
        rows,
        old_versions,
        synced,
        sizes: desired.sizes(),
        left_out: desired.left_out.clone(),
    })
}

/// What differs between the outputs that stand and those that are wanted, when no resource tells of the change.
fn output_changes(desired: &Desired, existing: &Existing) -> Vec<PropertyChange> {
    let Some(before) = &existing.template else {
        return Vec::new();
    };
    let (before, after) = (without_code(before), without_code(&desired.update.0));
    if before.get("Resources") != after.get("Resources") {
        return Vec::new();
    }
    let outputs = |template: &Value| {
        template
            .get("Outputs")
            .cloned()
            .unwrap_or_else(|| json!({}))
    };
    let mut changed = differences(&outputs(&before), &outputs(&after));
    for change in &mut changed {
        change.path.insert_str(0, "Outputs.");
    }
    changed
}

/// The rows of what no resource of the template tells: settings of the stack and its outputs, and of its API's stage.
async fn beside_the_template(
    session: &Session,
    desired: &Desired,
    standing: &Standing,
    course: &Course,
    mut changed: Vec<PropertyChange>,
) -> Result<Vec<PlanRow>, DeployProblem> {
    let (stack, stage) = match standing {
        Standing::Up(existing) => {
            let live = &existing.stack;
            changed.extend(settings::differences(desired, live).told);
            changed.extend(settings::policy_difference(session, desired, &live.id).await?);
            let stage = stage::row(session, desired, &live.id).await?;
            (settings::row(live, changed), stage)
        }
        _ => (settings::first_row(desired, course), None),
    };
    let stage = stage.or_else(|| stage::first_row(session, desired, course));
    Ok(stack.into_iter().chain(stage).collect())
}

/// What a change set does not tell: whether what the plan builds on is there, and what it names is free.
async fn can_be(
    session: &Session,
    desired: &Desired,
    standing: &Standing,
) -> Result<(), DeployProblem> {
    if let Some(bucket) = &desired.bucket {
        bucket_is_there(session, bucket).await?;
    }
    match standing {
        Standing::Absent | Standing::Wreck(_) => {
            names_are_free(session, &Map::new(), &desired.update).await
        }
        Standing::Up(existing) => match &existing.template {
            Some(before) => names_are_free(session, before, &desired.update).await,
            None => Ok(()),
        },
    }
}

/// A stack that does not exist: its bucket comes first, unless the service names one.
async fn plan_first(
    session: &Session,
    desired: &Desired,
) -> Result<(Course, Vec<PlanRow>), DeployProblem> {
    session.began(Stage::Planning);
    if let Some(create) = &desired.create {
        let set = first_change_set(session, desired, create).await?;
        let course = Course::Create {
            change_set: set.id,
            stack_id: set.stack_id,
        };
        return Ok((course, nested::all_added(desired)));
    }
    let bucket = desired.bucket.as_deref().unwrap_or_default();
    let source = template_source(session, desired, bucket).await?;
    let set = change_set(
        session,
        desired,
        &desired.stack,
        ChangeSetKind::Create,
        source,
        settings::beside(desired),
    )
    .await?;
    let rows = nested::rows(session, desired, None, &set.changes).await?;
    let course = Course::Whole {
        change_set: set.id,
        stack_id: set.stack_id,
        creates: true,
    };
    Ok((course, rows))
}

/// The change set that makes the stack with its bucket alone.
pub(crate) async fn first_change_set(
    session: &Session,
    desired: &Desired,
    create: &Template,
) -> Result<ChangeSet, DeployProblem> {
    let source = TemplateSource::Body(create.to_json());
    change_set(
        session,
        desired,
        &desired.stack,
        ChangeSetKind::Create,
        source,
        settings::beside_template(desired, create),
    )
    .await
}

/// A stack that stands: no change is decided by hashes first.
async fn plan_change(
    session: &Session,
    desired: &Desired,
    existing: &Existing,
) -> Result<(Course, Vec<PlanRow>), DeployProblem> {
    if is_same_but_for_code(desired, existing) {
        let live = live_codes(session, &desired.functions).await?;
        let changes = code_changes(desired, &live);
        if changes.is_empty() {
            return Ok((Course::Nothing, Vec::new()));
        }
        let all_there = live.iter().all(|live| live.code.is_some());
        if all_there && !depends_on_a_version(&desired.update.0) {
            let rows = changes.iter().map(code_row).collect();
            return Ok((Course::Code { functions: changes }, rows));
        }
    }
    plan_whole(session, desired, existing).await
}

fn is_same_but_for_code(desired: &Desired, existing: &Existing) -> bool {
    let template = existing.template.as_ref();
    let same = template.is_some_and(|old| without_code(old) == without_code(&desired.update.0));
    same && !settings::differences(desired, &existing.stack).need_a_change()
}

async fn plan_whole(
    session: &Session,
    desired: &Desired,
    existing: &Existing,
) -> Result<(Course, Vec<PlanRow>), DeployProblem> {
    session.began(Stage::Planning);
    let source = template_source(session, desired, &existing.bucket).await?;
    let set = change_set(
        session,
        desired,
        &existing.stack.id,
        ChangeSetKind::Update,
        source,
        settings::beside_live(desired, &existing.stack),
    )
    .await?;
    if set.state == ChangeSetState::Empty {
        throw_away(session, &set.id).await?;
        if !output_changes(desired, existing).is_empty() {
            // The local AWS looks at resources alone.
            session.tell(Progress::Note(
                "Only outputs differ, and no change set is made of that here: they change with the next change of a resource"
                    .to_owned(),
            ));
        }
        return Ok((Course::Nothing, Vec::new()));
    }
    let before = existing.template.as_ref();
    let rows = nested::rows(session, desired, before, &set.changes).await?;
    let course = Course::Whole {
        change_set: set.id,
        stack_id: set.stack_id,
        creates: false,
    };
    Ok((course, rows))
}

/// The template in the request when it is small enough, else from the bucket.
async fn template_source(
    session: &Session,
    desired: &Desired,
    bucket: &str,
) -> Result<TemplateSource, DeployProblem> {
    let text = desired.sent().to_json();
    // CloudFormation reads nested templates while it makes the change set.
    if text.len() <= MOST_IN_A_REQUEST && desired.nested().is_empty() {
        return Ok(TemplateSource::Body(text));
    }
    upload_template(session, desired, bucket).await?;
    Ok(TemplateSource::Object {
        bucket: bucket.to_owned(),
        key: format!("{}/{TEMPLATE_NAME}", desired.release),
    })
}

/// Makes a change set and waits for it.
pub(crate) async fn change_set(
    session: &Session,
    desired: &Desired,
    stack: &str,
    kind: ChangeSetKind,
    template: TemplateSource,
    beside: Beside,
) -> Result<ChangeSet, DeployProblem> {
    let step = session.intend("cloudformation:CreateChangeSet", stack)?;
    let request = ChangeSetRequest {
        stack: stack.to_owned(),
        // The token is unique and has the form of a name.
        name: step.token.clone(),
        kind,
        template,
        tags: beside.tags,
        settings: beside.settings,
        nested: desired.parts.is_some() || desired.live.is_some(),
        token: step.token.clone(),
    };
    let answer = session.cloud().change_sets.create(&request).await;
    let id = session.came(&step, answer, Clone::clone)?;
    session.made_change_set(&id);
    let waited = made(session, &id).await;
    match &waited {
        Err(DeployProblem::ChangeSetFailed { .. }) => throw_away(session, &id).await?,
        Err(_) => session.leaves_something(),
        Ok(_) => {}
    }
    waited
}

/// Throws a change set away.
pub(crate) async fn throw_away(session: &Session, id: &str) -> Result<(), DeployProblem> {
    let step = session.intend("cloudformation:DeleteChangeSet", id)?;
    let answer = session.cloud().change_sets.discard(id).await;
    session.came(&step, answer, |()| "done".to_owned())?;
    session.used_change_set(id);
    Ok(())
}

fn code_changes(desired: &Desired, live: &[LiveCode<'_>]) -> Vec<CodeChange> {
    let change = |live: &LiveCode<'_>| {
        let wanted = desired.digest_of(live.function)?;
        let has = live.code.as_ref().and_then(|code| code.digest);
        (has != Some(wanted)).then(|| CodeChange {
            function: live.function.key.clone(),
            name: live.function.name.clone(),
            archive: live.function.archive.clone(),
            from: has.map(|digest| digest.to_string()),
            to: wanted.to_string(),
        })
    };
    live.iter().filter_map(change).collect()
}

fn code_row(change: &CodeChange) -> PlanRow {
    PlanRow {
        logical_id: change.function.clone(),
        resource_type: "AWS::Lambda::Function".to_owned(),
        stack: None,
        physical_id: Some(change.name.clone()),
        change: Change::Modify,
        conditional: false,
        properties: vec![PropertyChange {
            path: "Properties.Code".to_owned(),
            before: change.from.clone(),
            after: Some(change.to.clone()),
        }],
    }
}
