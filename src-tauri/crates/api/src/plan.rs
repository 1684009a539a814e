//! A plan as a file, and in words.

use std::io::Write as _;

use pilothouse_effects::{OutputProblem, ProjectProblem};
use pilothouse_model::{
    Change, Code, Course, PLAN_FORMAT, Plan, PlanRow, ProjectPath, SyncedFolder,
};
use serde_json::Value;

use crate::{ApiError, Host, Kind};

/// What a saved plan begins with, by which it is known for what it is.
pub(crate) const PLAN_START: &str = "{\n  \"pilothousePlan\": ";
/// The most bytes of a saved plan.
const MOST_BYTES: u64 = 64 << 20;

/// Saves a plan. It holds the parameters that it was asked with, so it is as secret as they are.
///
/// # Errors
/// When the file cannot be written.
pub fn save(host: &Host, path: &str, plan: &Plan) -> Result<(), ApiError> {
    let (folder, name) = parts(path);
    let mut file = host.workplace.output(folder)?.create(name)?;
    file.write_all(to_text(plan).as_bytes())
        .map_err(|source| OutputProblem {
            name: name.to_owned(),
            source,
        })?;
    Ok(file.keep()?)
}

/// Reads a saved plan.
///
/// # Errors
/// When there is no such file, or it is no plan of this version.
pub fn open(host: &Host, path: &str) -> Result<Plan, ApiError> {
    let (folder, name) = parts(path);
    let unreadable = |detail: String| {
        ApiError::new(
            Code::PlanUnreadable,
            Kind::User,
            format!("`{path}` cannot be read"),
        )
        .detail(detail)
        .hint("Make a plan: pilothouse plan --out plan.json")
    };
    let file = ProjectPath::parse(name).map_err(|problem| unreadable(problem.to_string()))?;
    let bytes = host.workplace.project(folder)?.read(&file, MOST_BYTES);
    let bytes = bytes.map_err(|problem: ProjectProblem| unreadable(problem.to_string()))?;
    from_text(path, &String::from_utf8_lossy(&bytes))
}

/// Folder and name of a path.
fn parts(path: &str) -> (&str, &str) {
    match path.rsplit_once('/') {
        Some(("", name)) => ("/", name),
        Some((folder, name)) => (folder, name),
        None => (".", path),
    }
}

/// A plan as it is saved.
pub fn to_text(plan: &Plan) -> String {
    let mut text = serde_json::to_string_pretty(plan).unwrap_or_default();
    text.push('\n');
    text
}

/// The value that `--json` prints.
pub fn to_value(plan: &Plan) -> Value {
    serde_json::to_value(plan).unwrap_or_default()
}

/// A plan from its file.
///
/// # Errors
/// When it is no plan, or one of another version.
pub fn from_text(name: &str, text: &str) -> Result<Plan, ApiError> {
    let unreadable = |detail: String| {
        ApiError::new(
            Code::PlanUnreadable,
            Kind::User,
            format!("`{name}` is not a plan"),
        )
        .detail(detail)
        .hint("Make one: pilothouse plan --out plan.json")
    };
    let plan: Plan =
        serde_json::from_str(text).map_err(|problem| unreadable(problem.to_string()))?;
    if plan.format != PLAN_FORMAT {
        return Err(unreadable(format!(
            "it has the form {}, and this version reads form {PLAN_FORMAT}",
            plan.format
        )));
    }
    Ok(plan)
}

/// What a plan does, in one sentence.
pub fn summary(plan: &Plan) -> String {
    let files = synced(plan);
    match (of_stack(plan), files) {
        (None, None) => "No changes".to_owned(),
        (Some(words), None) | (None, Some(words)) => words,
        (Some(words), Some(files)) => format!("{words}; {files}"),
    }
}

/// That files are left as they are, when that was asked for.
pub fn unsynced(plan: &Plan) -> Option<String> {
    let folders = plan.project.unsynced.as_ref()?;
    Some(match folders.as_slice() {
        [] => "No files were left out: the service brings none to buckets.".to_owned(),
        some => format!(
            "Files are left as they are in their buckets, this once: {}",
            some.join(", ")
        ),
    })
}

/// What becomes of files in buckets.
fn synced(plan: &Plan) -> Option<String> {
    let sum = |of: fn(&SyncedFolder) -> usize| plan.synced.iter().map(of).sum::<usize>();
    let counts = [
        (sum(|folder| folder.added.len()), "added"),
        (sum(|folder| folder.changed.len()), "changed"),
        (sum(|folder| folder.deleted.len()), "deleted"),
    ];
    let counts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    let tagged = plan.synced.iter().any(|folder| !folder.tags.is_empty());
    match (counts.is_empty(), tagged) {
        (false, _) => Some(format!("files of buckets: {}", counts.join(", "))),
        (true, true) => Some("tags of buckets change".to_owned()),
        (true, false) => None,
    }
}

/// What becomes of the stack; none when nothing does.
fn of_stack(plan: &Plan) -> Option<String> {
    match &plan.course {
        Course::Nothing => return None,
        Course::Settings if plan.rows.is_empty() => return None,
        Course::Settings => {
            return Some("Only settings change that the template does not hold".to_owned());
        }
        Course::Code { functions } => {
            let plural = if functions.len() == 1 {
                "function gets"
            } else {
                "functions get"
            };
            return Some(format!("{} {plural} new code directly", functions.len()));
        }
        Course::Create { .. } | Course::Anew { .. } | Course::Whole { .. } => {}
    }
    let words = [
        (Change::Add, "added"),
        (Change::Import, "imported"),
        (Change::Modify, "changed"),
        (Change::MayReplace, "perhaps replaced"),
        (Change::Replace, "replaced"),
        (Change::LetGo, "let go"),
        (Change::Remove, "removed"),
    ];
    let counts: Vec<String> = words
        .into_iter()
        .map(|(change, word)| (plan.count(change), word))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    Some(if counts.is_empty() {
        "Only outputs or settings of the stack change".to_owned()
    } else {
        counts.join(", ")
    })
}

/// The sign and the word of a row, so that colour is never the only signal.
pub const fn sign(change: Change) -> (&'static str, &'static str) {
    match change {
        Change::Add => ("+", "add"),
        Change::Import => ("+", "import"),
        Change::Modify => ("~", "change"),
        Change::MayReplace => ("!", "may replace"),
        Change::Replace => ("!", "replace"),
        Change::Remove => ("-", "remove"),
        Change::LetGo => ("-", "let go"),
    }
}

/// What changes in a resource, place by place: `Properties.MemorySize: 128 -> 256`.
pub fn places(row: &PlanRow) -> Vec<String> {
    const LONGEST: usize = 24;
    /// An image is told by its digest, which stands at the end.
    const LONGEST_IMAGE: usize = 120;
    let short = |text: &String, longest| match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}...", text.get(..end).unwrap_or_default()),
        None => text.clone(),
    };
    let place = |property: &pilothouse_model::PropertyChange| {
        let path = property
            .path
            .strip_prefix("Properties.")
            .unwrap_or(&property.path);
        let longest = if path.ends_with("ImageUri") {
            LONGEST_IMAGE
        } else {
            LONGEST
        };
        let short = |text| short(text, longest);
        match (&property.before, &property.after) {
            (Some(before), Some(after)) => format!("{path}: {} -> {}", short(before), short(after)),
            (None, Some(after)) => format!("{path}: {}", short(after)),
            (Some(before), None) => format!("{path}: {} -> (not shown)", short(before)),
            (None, None) => path.to_owned(),
        }
    };
    row.properties.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_plan_is_known_by_its_beginning() {
        let plan = Plan {
            format: PLAN_FORMAT,
            project: pilothouse_model::PlannedProject::default(),
            target: pilothouse_model::PlannedTarget::Sandbox,
            service: "shop".into(),
            stage: "dev".into(),
            stack: "shop-dev".into(),
            release: String::new(),
            instance_millis: 1,
            fingerprint: pilothouse_model::Fingerprint {
                account: String::new(),
                region: String::new(),
                principal: String::new(),
                template: String::new(),
                archives: std::collections::BTreeMap::new(),
                stack: None,
                settings: String::new(),
            },
            course: Course::Nothing,
            rows: Vec::new(),
            old_versions: Vec::new(),
            synced: Vec::new(),
            sizes: Vec::new(),
            left_out: Vec::new(),
        };
        let text = to_text(&plan);
        assert!(text.starts_with(PLAN_START), "{text}");
        assert_eq!(from_text("plan.json", &text).ok(), Some(plan));
    }

    #[test]
    fn what_is_no_plan_is_told_apart_from_one_of_another_version() {
        let error = from_text("plan.json", "{}").expect_err("no plan");
        assert_eq!(error.code, Code::PlanUnreadable);
        assert!(
            error
                .detail
                .is_some_and(|words| words.contains("pilothousePlan"))
        );
    }
}
