//! A plan in the window's words.

use indexmap::IndexMap;
use pilothouse_api::package::{Holds, Packaged};
use pilothouse_api::show::{NameValue, Origins};
use pilothouse_api::usual::Usual;
use pilothouse_api::{plan as saved, words};
use pilothouse_model::{Change, Course, OldVersions, Plan, PlanRow as RoomRow, PlannedTarget};

use crate::problem::findings;
use crate::synced;
use crate::wire::{
    Archive, ChangeKind, Counts, CourseKind, Identity, LeftOut, NotSimulated, PlanRow, PlanView,
    PropertyRow, StackSize, Target, count, millis,
};

/// What surrounds a plan.
#[derive(Debug)]
pub(crate) struct Around<'a> {
    pub(crate) id: String,
    pub(crate) token: String,
    pub(crate) project: String,
    pub(crate) packaged: &'a Packaged,
    pub(crate) origins: &'a Origins,
    pub(crate) planned_at: String,
    pub(crate) usual: &'a Usual,
    pub(crate) command: String,
}

/// A plan as the window shows it.
pub(crate) fn view(plan: &Plan, around: Around<'_>) -> PlanView {
    let rows = rows(plan, around.origins, around.usual);
    PlanView {
        id: around.id,
        token: around.token,
        project: around.project,
        service: plan.service.clone(),
        stage: plan.stage.clone(),
        production: words::is_production(&plan.stage),
        stack: plan.stack.clone(),
        target: target(&plan.target),
        identity: Identity::new(
            &plan.fingerprint.account,
            &plan.fingerprint.region,
            &plan.fingerprint.principal,
            plan.target == PlannedTarget::Sandbox,
        ),
        course: course(&plan.course),
        summary: saved::summary(plan),
        counts: counts(&rows),
        rows,
        sizes: plan.sizes.iter().map(size).collect(),
        not_simulated: plan
            .left_out
            .iter()
            .map(|resource| NotSimulated {
                logical_id: resource.logical_id.clone(),
                resource_type: resource.resource_type.clone(),
                type_words: words::of_type(&resource.resource_type),
                because_of: resource.because_of.clone(),
            })
            .collect(),
        archives: archives(around.packaged),
        left_out: around
            .packaged
            .left_out
            .iter()
            .map(|file| LeftOut {
                path: file.path.clone(),
                why: file.why.clone(),
                allowed_by: file.allowed_by.clone(),
            })
            .collect(),
        findings: findings(&around.packaged.findings),
        planned_at: around.planned_at,
        usual_millis: around.usual.whole.map(millis),
        command: around.command,
        rollback_off: around.packaged.service.provider.stack.disable_rollback,
        from_package: plan.project.package.as_deref().map(last_part),
        unsynced: saved::unsynced(plan),
    }
}

/// The name of a folder: the page is given no whole paths.
fn last_part(folder: &str) -> String {
    let mut parts = folder.rsplit(['/', '\\']).filter(|part| !part.is_empty());
    parts.next().unwrap_or(folder).to_owned()
}

fn size(size: &pilothouse_model::StackSize) -> StackSize {
    StackSize {
        name: size.name.clone(),
        resources: count(size.resources),
        most: count(pilothouse_model::StackSize::MOST),
    }
}

pub(crate) fn target(planned: &PlannedTarget) -> Target {
    match planned {
        PlannedTarget::Sandbox => Target::Sandbox,
        PlannedTarget::Account { profile } => Target::Account {
            profile: profile.clone(),
        },
    }
}

pub(crate) fn planned(target: &Target) -> PlannedTarget {
    match target {
        Target::Sandbox => PlannedTarget::Sandbox,
        Target::Account { profile } => PlannedTarget::Account {
            profile: profile.clone(),
        },
    }
}

impl Identity {
    pub(crate) fn new(account: &str, region: &str, principal: &str, sandbox: bool) -> Self {
        Self {
            account: account.to_owned(),
            region: region.to_owned(),
            principal: principal.to_owned(),
            principal_words: principal_words(principal),
            sandbox,
        }
    }
}

/// `arn:aws:sts::1:assumed-role/Deployer/ana@acme.io` is `Deployer, ana@acme.io`.
fn principal_words(arn: &str) -> String {
    let resource = arn.rsplit_once(':').map_or(arn, |(_, resource)| resource);
    let mut parts = resource.split('/');
    match (parts.next(), parts.next(), parts.next_back()) {
        (Some("root"), None, None) => "root user".to_owned(),
        (Some("assumed-role"), Some(role), Some(who)) => format!("{role}, {who}"),
        (Some("user"), Some(first), last) => last.unwrap_or(first).to_owned(),
        _ => resource.to_owned(),
    }
}

const fn course(course: &Course) -> CourseKind {
    match course {
        Course::Nothing => CourseKind::Nothing,
        Course::Code { .. } => CourseKind::Code,
        Course::Create { .. } | Course::Whole { creates: true, .. } => CourseKind::Create,
        Course::Anew { .. } => CourseKind::Anew,
        Course::Whole { .. } | Course::Settings => CourseKind::Update,
    }
}

fn rows(plan: &Plan, origins: &Origins, usual: &Usual) -> Vec<PlanRow> {
    let told = |row: &RoomRow| of_row(row, &plan.stack, origins, usual);
    let beside = plan.rows.iter().filter(|row| row.resource_type != FUNCTION);
    let mut rows: Vec<PlanRow> = match &plan.course {
        Course::Code { functions } => functions
            .iter()
            .map(|change| {
                let id = pilothouse_api::show::function_id(&change.function);
                PlanRow {
                    name: change.function.clone(),
                    resource_type: FUNCTION.to_owned(),
                    type_words: words::of_type(FUNCTION),
                    stack: None,
                    physical_id: Some(change.name.clone()),
                    change: ChangeKind::Code,
                    holds_data: false,
                    conditional: false,
                    properties: vec![PropertyRow {
                        path: "Code".to_owned(),
                        before: change.from.clone(),
                        after: Some(change.to.clone()),
                    }],
                    origin: origins.of_resource(&id),
                    usual_millis: None,
                    logical_id: id,
                }
            })
            // Beside the code, what no template holds can be set.
            .chain(beside.map(told))
            .collect(),
        _ => plan.rows.iter().map(told).collect(),
    };
    rows.extend(plan.old_versions.iter().map(of_old_versions));
    rows.extend(plan.synced.iter().flat_map(synced::rows));
    rows.sort_by(|a, b| (a.change, &a.name).cmp(&(b.change, &b.name)));
    rows
}

/// Versions that are deleted beside the stack.
fn of_old_versions(old: &OldVersions) -> PlanRow {
    let kind = if old.is_layer {
        "AWS::Lambda::LayerVersion"
    } else {
        "AWS::Lambda::Version"
    };
    let numbers: Vec<String> = old.numbers.iter().map(u64::to_string).collect();
    PlanRow {
        logical_id: old.name.clone(),
        name: format!("{} {}", old.name, numbers.join(", ")),
        resource_type: kind.to_owned(),
        type_words: words::of_type(kind),
        stack: None,
        physical_id: Some(old.name.clone()),
        change: ChangeKind::Remove,
        holds_data: false,
        conditional: false,
        properties: Vec::new(),
        origin: None,
        usual_millis: None,
    }
}

const FUNCTION: &str = "AWS::Lambda::Function";
const STACK: &str = "AWS::CloudFormation::Stack";

fn of_row(row: &RoomRow, stack: &str, origins: &Origins, usual: &Usual) -> PlanRow {
    let property = |change: &pilothouse_model::PropertyChange| PropertyRow {
        path: change
            .path
            .strip_prefix("Properties.")
            .unwrap_or(&change.path)
            .to_owned(),
        before: change.before.clone(),
        after: change.after.clone(),
    };
    // A stack within the stack has a logical id of its own.
    let is_stack = row.logical_id == stack && row.resource_type == STACK;
    PlanRow {
        logical_id: row.logical_id.clone(),
        name: origins.name_of(&row.logical_id),
        resource_type: row.resource_type.clone(),
        type_words: if is_stack {
            "Settings of the stack".to_owned()
        } else {
            words::of_type(&row.resource_type)
        },
        stack: row.stack.clone(),
        physical_id: row.physical_id.clone(),
        change: kind(row.change),
        holds_data: words::holds_data(&row.resource_type),
        conditional: row.conditional,
        properties: row.properties.iter().map(property).collect(),
        origin: if is_stack {
            origins.of_path("provider")
        } else {
            origins.of_resource(&row.logical_id)
        },
        usual_millis: usual.of_row(row).map(millis),
    }
}

const fn kind(change: Change) -> ChangeKind {
    match change {
        Change::Add => ChangeKind::Add,
        Change::Import => ChangeKind::Import,
        Change::Modify => ChangeKind::Modify,
        Change::MayReplace => ChangeKind::MayReplace,
        Change::Replace => ChangeKind::Replace,
        Change::Remove => ChangeKind::Remove,
        Change::LetGo => ChangeKind::LetGo,
    }
}

fn counts(rows: &[PlanRow]) -> Counts {
    let of = |kinds: &[ChangeKind]| {
        count(
            rows.iter()
                .filter(|row| kinds.contains(&row.change))
                .count(),
        )
    };
    Counts {
        added: of(&[ChangeKind::Add, ChangeKind::Import]),
        changed: of(&[ChangeKind::Modify, ChangeKind::Code]),
        may_replace: of(&[ChangeKind::MayReplace]),
        replaced: of(&[ChangeKind::Replace]),
        removed: of(&[ChangeKind::Remove]),
        let_go: of(&[ChangeKind::LetGo]),
        total: count(rows.len()),
    }
}

fn archives(packaged: &Packaged) -> Vec<Archive> {
    let runs = |name: &str| -> Vec<String> {
        let pairs = packaged.archive_of.iter();
        pairs
            .filter(|(_, archive)| *archive == name)
            .map(|(key, _)| key.clone())
            .collect()
    };
    let archive = |file: &pilothouse_api::package::WrittenFile| {
        let files = match file.holds {
            Holds::Files(files) => Some(count(files)),
            Holds::ReadyMade => None,
            Holds::Resources(_) => return None,
        };
        Some(Archive {
            name: file.name.clone(),
            sha256: file.digest.to_string(),
            bytes: u32::try_from(file.size).unwrap_or(u32::MAX),
            files,
            functions: runs(&file.name),
        })
    };
    packaged.files.iter().filter_map(archive).collect()
}

/// A map as rows.
pub(crate) fn pairs(map: &IndexMap<String, String>) -> Vec<NameValue> {
    let one = |(name, value): (&String, &String)| NameValue {
        name: name.clone(),
        value: value.clone(),
    };
    map.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_principal_is_named_for_people() {
        let words = |arn| principal_words(arn);
        assert_eq!(
            words("arn:aws:sts::1:assumed-role/Deployer/ana@acme.io"),
            "Deployer, ana@acme.io"
        );
        assert_eq!(words("arn:aws:iam::1:user/team/ana"), "ana");
        assert_eq!(words("arn:aws:iam::1:user/ana"), "ana");
        assert_eq!(words("arn:aws:iam::000000000000:root"), "root user");
    }
}
