//! Many values at once, from a file or another place: first what would change, then the writing of exactly that.
//!
//! It can be repeated: what an earlier run wrote is found the same and is not written again.

use std::collections::{HashMap, HashSet};

use pilothouse_effects::{
    ParameterFacts, ParameterFilter, ParameterKind, ParameterPut, ParameterTier, ParameterValue,
};
use pilothouse_model::Secret;

use crate::patience::{Patient, Progress};
use crate::reading::BATCH;
use crate::rules::{Broken, check_put, smallest_tier};
use crate::writing::{policies, put_of, put_one};
use crate::{DigestKey, Edit, Means, SecretProblem, Session, ValueDigest, Written, reading};

/// A value that is to be stored.
#[derive(Debug)]
pub struct Wanted {
    /// The whole name.
    pub name: String,
    /// The value.
    pub value: Secret,
    /// How it is kept, when it is new.
    pub kind: ParameterKind,
    /// The key, when it is new.
    pub key: Option<String>,
    /// Its line in the file, from one.
    pub line: Option<usize>,
}

/// What would become of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It is new.
    Added,
    /// It gets a new version.
    Changed {
        /// The version that it has.
        version: u32,
        /// What its value is now.
        before: ValueDigest,
        /// What it would be.
        after: ValueDigest,
    },
    /// It has that value already.
    Same {
        /// The version that has it.
        version: u32,
    },
    /// AWS would not take it.
    Refused(Vec<Broken>),
}

/// One row of what would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// The whole name.
    pub name: String,
    /// How it is or would be kept.
    pub kind: ParameterKind,
    /// How many bytes the value has.
    pub bytes: usize,
    /// Its line in the file, from one.
    pub line: Option<usize>,
    /// What would become of it.
    pub fate: Fate,
}

/// What would change, with the values to do it.
#[derive(Debug)]
pub struct ImportPlan {
    rows: Vec<ImportRow>,
    wanted: Vec<Wanted>,
    facts: HashMap<String, ParameterFacts>,
}

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Those that were written.
    pub written: Vec<Written>,
    /// Those that somebody changed after they were looked at; they were left alone.
    pub moved: Vec<String>,
}

impl ImportPlan {
    /// Every row, in the order of the file.
    pub fn rows(&self) -> &[ImportRow] {
        &self.rows
    }

    /// How many would be written.
    pub fn writes(&self) -> usize {
        self.rows.iter().filter(|row| row.is_written()).count()
    }

    /// How many cannot be.
    pub fn refused(&self) -> usize {
        let is_refused = |row: &&ImportRow| matches!(row.fate, Fate::Refused(_));
        self.rows.iter().filter(is_refused).count()
    }
}

impl ImportRow {
    const fn is_written(&self) -> bool {
        matches!(self.fate, Fate::Added | Fate::Changed { .. })
    }

    const fn seen(&self) -> Option<u32> {
        match self.fate {
            Fate::Changed { version, .. } => Some(version),
            _ => None,
        }
    }
}

/// Looks what storing these values would change.
///
/// # Errors
/// When AWS does not answer.
pub async fn plan(
    means: &Means,
    key: &DigestKey,
    wanted: Vec<Wanted>,
) -> Result<ImportPlan, SecretProblem> {
    let names: HashSet<&str> = wanted.iter().map(|one| one.name.as_str()).collect();
    let mut facts = HashMap::new();
    let path = common_path(names.iter().copied());
    let filter = path.map(ParameterFilter::Under);
    reading::list(means, filter.as_ref(), None, &mut |page| {
        let ours = page
            .into_iter()
            .filter(|one| names.contains(one.name.as_str()));
        facts.extend(ours.map(|one| (one.name.clone(), one)));
        true
    })
    .await?;
    let there: Vec<String> = facts.keys().cloned().collect();
    let values = reading::values(means, &there).await?;
    let values: HashMap<&str, &ParameterValue> = values
        .iter()
        .map(|value| (value.name.as_str(), value))
        .collect();
    let mut seen = HashSet::new();
    let mut rows = Vec::with_capacity(wanted.len());
    for one in &wanted {
        let standing = facts.get(&one.name);
        let fate = if seen.insert(one.name.clone()) {
            fate(
                means,
                key,
                one,
                standing,
                values.get(one.name.as_str()).copied(),
            )
        } else {
            Fate::Refused(vec![twice()])
        };
        rows.push(ImportRow {
            name: one.name.clone(),
            kind: standing.map_or(one.kind, |facts| facts.kind),
            bytes: one.value.size(),
            line: one.line,
            fate,
        });
    }
    Ok(ImportPlan {
        rows,
        wanted,
        facts,
    })
}

fn twice() -> Broken {
    Broken {
        part: "name",
        what: "the name stands twice".to_owned(),
        way_out: "Keep one of them".to_owned(),
    }
}

fn fate(
    means: &Means,
    key: &DigestKey,
    one: &Wanted,
    facts: Option<&ParameterFacts>,
    value: Option<&ParameterValue>,
) -> Fate {
    let after = key.of(&one.value);
    if let Some(value) = value {
        let before = key.of(&value.value);
        if before == after {
            return Fate::Same {
                version: value.version,
            };
        }
        let edit = edit_of(one, facts);
        let broken = with_put(&edit, one, facts, |put| check_put(put, &means.region));
        return match broken {
            broken if !broken.is_empty() => Fate::Refused(broken),
            _ => Fate::Changed {
                version: value.version,
                before,
                after,
            },
        };
    }
    let edit = edit_of(one, None);
    let broken = with_put(&edit, one, None, |put| check_put(put, &means.region));
    if broken.is_empty() {
        Fate::Added
    } else {
        Fate::Refused(broken)
    }
}

/// A new one is given what the import says; one that stands keeps what it has, and grows a tier when its value asks
/// for it.
fn edit_of(one: &Wanted, facts: Option<&ParameterFacts>) -> Edit {
    let is_new = facts.is_none();
    let standing = facts.map_or(ParameterTier::Standard, |facts| facts.tier);
    let needed = smallest_tier(one.value.size()).unwrap_or(standing);
    Edit {
        name: one.name.clone(),
        kind: is_new.then_some(one.kind),
        key: one
            .key
            .clone()
            .filter(|_| is_new && one.kind == ParameterKind::Secure),
        tier: Some(standing.max(needed)),
        ..Edit::default()
    }
}

/// What would be sent. Neither type nor tier of it differ from what stands, so it can always be made.
fn with_put(
    edit: &Edit,
    one: &Wanted,
    facts: Option<&ParameterFacts>,
    work: impl FnOnce(&ParameterPut<'_>) -> Vec<Broken>,
) -> Vec<Broken> {
    let policies = policies(edit, facts);
    match put_of(edit, facts, &one.value, policies.as_deref()) {
        Ok(put) => work(&put),
        Err(problem) => vec![Broken {
            part: "type",
            what: problem.to_string(),
            way_out: "Delete it first, or choose another name".to_owned(),
        }],
    }
}

/// Writes what a plan says, and nothing that somebody changed since.
///
/// # Errors
/// When something stands in the way: what was written is told with it.
pub async fn apply(session: &Session, plan: &ImportPlan) -> Result<Imported, SecretProblem> {
    let rows = plan.rows.iter().zip(&plan.wanted);
    let open: Vec<(&ImportRow, &Wanted)> = rows.filter(|(row, _)| row.is_written()).collect();
    let mut done = Imported::default();
    let mut patient = Patient::new(session.means(), Some(open.len()));
    for batch in open.chunks(BATCH) {
        if let Err(problem) = write_batch(session, plan, &mut patient, batch, &mut done).await {
            let written: Vec<String> = done.written.into_iter().map(|one| one.name).collect();
            let is_left = |name: &&String| !written.contains(*name) && !done.moved.contains(*name);
            let left = open.iter().map(|(row, _)| &row.name).filter(is_left);
            return Err(SecretProblem::Stopped {
                left: left.cloned().collect(),
                written,
                problem: Box::new(problem),
            });
        }
    }
    Ok(done)
}

async fn write_batch(
    session: &Session,
    plan: &ImportPlan,
    patient: &mut Patient<'_>,
    batch: &[(&ImportRow, &Wanted)],
    done: &mut Imported,
) -> Result<(), SecretProblem> {
    let means = session.means();
    let names: Vec<String> = batch
        .iter()
        .filter(|(row, _)| row.seen().is_some())
        .map(|(row, _)| row.name.clone())
        .collect();
    let mut versions = HashMap::new();
    if !names.is_empty() {
        let found = patient.ask(|| means.parameters.values(&names)).await?;
        versions.extend(found.into_iter().map(|one| (one.name, one.version)));
    }
    for (row, wanted) in batch {
        if (means.stop)() {
            return Err(SecretProblem::Cancelled);
        }
        if row.seen() != versions.get(&row.name).copied() {
            done.moved.push(row.name.clone());
            continue;
        }
        let facts = plan.facts.get(&row.name);
        let edit = edit_of(wanted, facts);
        let policies = policies(&edit, facts);
        let put = put_of(&edit, facts, &wanted.value, policies.as_deref())?;
        let written = match put_one(session, patient, &put, row.seen()).await {
            Ok(written) => written,
            Err(SecretProblem::Cloud(pilothouse_effects::CloudProblem::Refused {
                name, ..
            })) if name == "ParameterAlreadyExists" => {
                done.moved.push(row.name.clone());
                continue;
            }
            Err(problem) => return Err(problem),
        };
        done.written.push(written);
        patient.done = done.written.len();
        (means.tell)(Progress::Wrote {
            name: row.name.clone(),
            version: done.written.last().map_or(0, |one| one.version),
            done: done.written.len(),
            of: patient.of.unwrap_or_default(),
        });
    }
    Ok(())
}

/// The longest path that all names lie below; none when they have none in common.
fn common_path<'a>(names: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut common: Option<Vec<&str>> = None;
    for name in names {
        let mut levels: Vec<&str> = name.split('/').collect();
        levels.pop();
        common = Some(match common {
            None => levels,
            Some(before) => {
                let pairs = before.iter().zip(&levels);
                let same = pairs.take_while(|(left, right)| left == right).count();
                before.into_iter().take(same).collect()
            }
        });
    }
    common
        .map(|levels| levels.join("/"))
        .filter(|path| !path.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_narrowed_to_the_path_that_all_have_in_common() {
        let path = |names: &[&str]| common_path(names.iter().copied());
        assert_eq!(path(&["/a/b/c", "/a/b/d/e"]).as_deref(), Some("/a/b"));
        assert_eq!(path(&["/a/bc/x", "/a/bd/x"]).as_deref(), Some("/a"));
        assert_eq!(path(&["/a/x", "/b/x"]), None);
        assert_eq!(path(&["plain", "/a/x"]), None);
        assert_eq!(path(&[]), None);
    }
}
