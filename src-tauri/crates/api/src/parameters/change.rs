//! Writing one parameter, and what hangs on it: versions, labels, tags.

use pilothouse_effects::{ParameterKind, ParameterPut, ParameterTier};
use pilothouse_model::{Code, Secret, Verb};
use pilothouse_secrets::{self as room, Alphabet, Edit, Written};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::look::facts;
use super::view::BrokenView;
use super::{ParameterType, Store, TagView, Tier};
use crate::{ApiError, Host, Kind, activity};

/// A parameter as it is wanted, without its value. What is absent stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SecretDraft {
    /// The name.
    pub name: String,
    /// How its value is kept; SecureString for a new one.
    pub kind: Option<ParameterType>,
    /// The key: an alias, an id or an ARN.
    pub key: Option<String>,
    /// The tier.
    pub tier: Option<Tier>,
    /// What it is for.
    pub description: Option<String>,
    /// The pattern that values must match.
    pub pattern: Option<String>,
    /// When AWS deletes it: `2027-03-31` or with a time.
    pub expires: Option<String>,
    /// How long before that AWS warns: `15d`, `36h`.
    pub warn_before: Vec<String>,
    /// After how long without a change AWS warns.
    pub warn_unchanged: Vec<String>,
    /// Tags of a new one.
    pub tags: Vec<TagView>,
    /// The version that was seen; none when it is to be new.
    pub seen: Option<u32>,
}

/// Where the value comes from.
#[derive(Debug)]
pub enum NewValue {
    /// It was typed, piped or read from a file.
    Given(Secret),
    /// It is made here and shown to nobody.
    Generated(Alphabet, usize),
    /// It stays.
    Kept,
}

/// What is written.
#[derive(Debug)]
pub struct SetRequest {
    /// All but the value.
    pub draft: SecretDraft,
    /// The value.
    pub value: NewValue,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct SetDone {
    /// The parameter.
    pub name: String,
    /// Its new version.
    pub version: u32,
    /// Versions that others wrote in the same moment: they are in the history.
    pub overtaken: Vec<u32>,
}

/// What a draft would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CheckedSecret {
    /// What AWS would not take.
    pub broken: Vec<BrokenView>,
    /// The command that does the same; the value is asked for by it.
    pub command: String,
    /// The call, with all that is sent but the value.
    pub call: Vec<String>,
}

impl From<Written> for SetDone {
    fn from(written: Written) -> Self {
        Self {
            name: written.name,
            version: written.version,
            overtaken: written.overtaken,
        }
    }
}

/// Looks at a draft without asking AWS anything. Of its value the number of bytes is enough.
pub fn check(region: &str, draft: &SecretDraft, bytes: Option<u32>) -> CheckedSecret {
    let kind: ParameterKind = draft.kind.unwrap_or(ParameterType::SecureString).into();
    let tier: ParameterTier = draft.tier.unwrap_or(Tier::Standard).into();
    let stand_in = Secret::new(
        "x".repeat(
            usize::try_from(bytes.unwrap_or(1))
                .unwrap_or(usize::MAX)
                .min(1 << 16),
        ),
    );
    let policies = policies(draft);
    let tags = pairs(&draft.tags);
    let put = ParameterPut {
        name: &draft.name,
        kind,
        value: &stand_in,
        key: draft.key.as_deref(),
        tier,
        description: draft.description.as_deref(),
        pattern: None,
        policies: policies.as_ref().ok().and_then(|text| text.as_deref()),
        tags: &tags,
        overwrite: draft.seen.is_some(),
    };
    let mut broken: Vec<BrokenView> = room::check_put(&put, region)
        .iter()
        .map(Into::into)
        .collect();
    if let Err(problem) = &policies {
        broken.push(BrokenView {
            part: "policies".to_owned(),
            what: problem.title.clone(),
            way_out: problem.hints.join(" "),
        });
    }
    let words = words(draft);
    let words: Vec<String> = ["pilothouse".to_owned(), "secrets".to_owned()]
        .into_iter()
        .chain(words)
        .collect();
    CheckedSecret {
        broken,
        command: activity::typed(&words),
        call: call(draft, kind, tier, bytes),
    }
}

/// What is sent, line by line.
fn call(
    draft: &SecretDraft,
    kind: ParameterKind,
    tier: ParameterTier,
    bytes: Option<u32>,
) -> Vec<String> {
    let mut lines = vec![
        "ssm:PutParameter".to_owned(),
        format!("Name: {}", draft.name),
        format!("Type: {}", kind.as_str()),
        format!("Tier: {}", tier.as_str()),
    ];
    lines.push(bytes.map_or_else(
        || "Value: as it is".to_owned(),
        |bytes| format!("Value: {bytes} bytes, not shown"),
    ));
    if kind == ParameterKind::Secure {
        lines.push(format!(
            "KeyId: {}",
            draft.key.as_deref().unwrap_or("alias/aws/ssm")
        ));
    }
    lines.push(format!("Overwrite: {}", draft.seen.is_some()));
    let more = [
        ("Description", &draft.description),
        ("AllowedPattern", &draft.pattern),
    ];
    lines.extend(
        more.iter()
            .filter_map(|(name, value)| Some(format!("{name}: {}", value.as_ref()?))),
    );
    lines
}

/// The words of the command for a draft.
fn words(draft: &SecretDraft) -> Vec<String> {
    let mut words = vec!["set".to_owned(), draft.name.clone()];
    let mut option = |name: &str, value: String| words.extend([format!("--{name}"), value]);
    if let Some(kind) = draft.kind {
        option("type", ParameterKind::from(kind).as_str().to_owned());
    }
    if let Some(tier) = draft.tier {
        option("tier", ParameterTier::from(tier).as_str().to_owned());
    }
    for (name, value) in [
        ("key", &draft.key),
        ("description", &draft.description),
        ("pattern", &draft.pattern),
        ("expires", &draft.expires),
    ] {
        if let Some(value) = value {
            option(name, value.clone());
        }
    }
    for length in &draft.warn_before {
        option("warn-before", length.clone());
    }
    for length in &draft.warn_unchanged {
        option("warn-unchanged", length.clone());
    }
    for tag in &draft.tags {
        option("tag", format!("{}={}", tag.key, tag.value));
    }
    words
}

fn policies(draft: &SecretDraft) -> Result<Option<String>, ApiError> {
    let read = room::policies_of(
        draft.expires.as_deref(),
        &draft.warn_before,
        &draft.warn_unchanged,
    );
    let policies = read.map_err(|problem| {
        ApiError::new(Code::SecretRules, Kind::User, problem.to_string()).hint(
            "Policies: an end, warnings before it (15d, 36h), and warnings when nothing changes",
        )
    })?;
    Ok((!policies.is_empty()).then(|| room::to_text(&policies)))
}

fn pairs(tags: &[TagView]) -> Vec<(String, String)> {
    tags.iter()
        .map(|tag| (tag.key.clone(), tag.value.clone()))
        .collect()
}

/// Writes a parameter: a new one, or a version after the one that was seen.
///
/// # Errors
/// When it is not as it was seen, AWS would not or does not take it, or does not answer.
pub async fn set(host: &Host, store: &Store, request: SetRequest) -> Result<SetDone, ApiError> {
    let SetRequest { draft, value } = request;
    let value = match value {
        NewValue::Given(value) => Some(value),
        NewValue::Kept => None,
        NewValue::Generated(alphabet, length) => {
            let made = room::generate(host.entropy.as_ref(), alphabet, length);
            Some(made.map_err(|source| store.told(room::SecretProblem::Entropy(source), None))?)
        }
    };
    let words = words(&draft);
    let edit = Edit {
        kind: draft.kind.map(Into::into),
        tier: draft.tier.map(Into::into),
        policies: policies(&draft)?,
        tags: pairs(&draft.tags),
        name: draft.name,
        value,
        key: draft.key,
        description: draft.description,
        pattern: draft.pattern,
        seen: draft.seen,
    };
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    write(store, Verb::SetSecret, &edit, &words).await
}

async fn write(
    store: &Store,
    verb: Verb,
    edit: &Edit,
    words: &[&str],
) -> Result<SetDone, ApiError> {
    let session = store.session(verb, format!("parameter {}", edit.name), words)?;
    let written = room::set(&session, edit).await;
    let written = session.close(written, |written| format!("version {}", written.version));
    let written = written.map_err(|problem| store.told(problem, Some(&edit.name)))?;
    Ok(written.into())
}

/// Makes the value of an earlier version, or of a label, that of a new one.
///
/// # Errors
/// When there is no such version, somebody changed the parameter since it was seen, or AWS does not answer.
pub async fn restore(
    store: &Store,
    name: &str,
    version: u32,
    seen: Option<u32>,
) -> Result<SetDone, ApiError> {
    let standing = facts(store, name).await?;
    let selector = format!("{name}:{version}");
    let found = store.means.parameters.value(&selector).await;
    let found = found.map_err(|problem| store.told(problem.into(), Some(name)))?;
    let found = found.ok_or_else(|| {
        let problem = room::SecretProblem::Missing { name: selector };
        store.told(problem, Some(name))
    })?;
    let edit = Edit {
        name: name.to_owned(),
        value: Some(found.value),
        seen: Some(seen.unwrap_or(standing.version)),
        ..Edit::default()
    };
    let number = version.to_string();
    write(
        store,
        Verb::RestoreSecret,
        &edit,
        &["restore", name, &number],
    )
    .await
}

/// Puts labels on a version; another version that has them loses them.
///
/// # Errors
/// When AWS would not or does not take them, or does not answer.
pub async fn label(
    store: &Store,
    name: &str,
    version: u32,
    labels: &[String],
) -> Result<(), ApiError> {
    let (subject, number) = (format!("parameter {name}:{version}"), version.to_string());
    let mut words = vec!["label", name, &number];
    words.extend(labels.iter().map(String::as_str));
    let session = store.session(Verb::LabelSecret, subject, &words)?;
    let done = room::label(&session, name, version, labels).await;
    let done = session.close(done, |()| labels.join(", "));
    done.map_err(|problem| store.told(problem, Some(name)))
}

/// Takes labels from a version.
///
/// # Errors
/// When it does not have them, or AWS does not answer.
pub async fn unlabel(
    store: &Store,
    name: &str,
    version: u32,
    labels: &[String],
) -> Result<(), ApiError> {
    let (subject, number) = (format!("parameter {name}:{version}"), version.to_string());
    let mut words = vec!["unlabel", name, &number];
    words.extend(labels.iter().map(String::as_str));
    let session = store.session(Verb::LabelSecret, subject, &words)?;
    let done = room::unlabel(&session, name, version, labels).await;
    let done = session.close(done, |()| format!("without {}", labels.join(", ")));
    done.map_err(|problem| store.told(problem, Some(name)))
}

/// How tags change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TagChange {
    /// Tags to set.
    pub set: Vec<TagView>,
    /// Keys of tags to take away.
    pub remove: Vec<String>,
}

/// Changes tags.
///
/// # Errors
/// When AWS would not or does not take them, or does not answer.
pub async fn tag(store: &Store, name: &str, change: &TagChange) -> Result<(), ApiError> {
    let set: Vec<String> = change
        .set
        .iter()
        .map(|tag| format!("{}={}", tag.key, tag.value))
        .collect();
    let mut words = vec!["tag", name];
    words.extend(set.iter().map(String::as_str));
    for key in &change.remove {
        words.extend(["--remove", key]);
    }
    let session = store.session(Verb::TagSecret, format!("parameter {name}"), &words)?;
    let done = async {
        if !change.set.is_empty() {
            room::tag(&session, name, &pairs(&change.set)).await?;
        }
        if !change.remove.is_empty() {
            room::untag(&session, name, &change.remove).await?;
        }
        Ok(())
    };
    let done = session.close(done.await, |()| "done".to_owned());
    done.map_err(|problem| store.told(problem, Some(name)))
}
