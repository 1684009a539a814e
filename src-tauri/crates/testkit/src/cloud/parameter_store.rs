//! The Parameter Store: versions, labels that move, tags, deletion with all history.

use std::collections::BTreeMap;
use std::time::SystemTime;

use pilothouse_effects::{
    CloudProblem, Effect, ParameterChanges, ParameterFacts, ParameterFilter, ParameterKind,
    ParameterPage, ParameterPut, ParameterTier, ParameterValue, ParameterVersion, Parameters,
};
use pilothouse_model::Secret;

use super::{FakeCloud, Fault, not_found, refused};

/// The most that one page of a list holds.
const PAGE: usize = 50;

/// A parameter with all its versions.
#[derive(Debug, Clone, Default)]
pub(super) struct Stored {
    versions: Vec<StoredVersion>,
    tags: BTreeMap<String, String>,
}

#[derive(Debug, Clone)]
struct StoredVersion {
    facts: ParameterFacts,
    value: String,
    labels: Vec<String>,
}

/// What is told of a parameter, the labels of its newest version, and its tags.
type ToldOf = (ParameterFacts, Vec<String>, Vec<(String, String)>);

/// Calls of one name that go wrong: after so many that do not, so many times.
#[derive(Debug, Clone, Copy)]
pub(super) struct FaultOf {
    call: &'static str,
    after: u32,
    times: u32,
    fault: Fault,
}

impl FaultOf {
    /// Counts a call and tells whether it goes wrong.
    pub(super) fn next(&mut self, call: &str) -> Option<Fault> {
        if self.call != call || self.times == 0 {
            return None;
        }
        if self.after > 0 {
            self.after -= 1;
            return None;
        }
        self.times -= 1;
        Some(self.fault)
    }
}

impl FakeCloud {
    /// Stores a String or SecureString, as somebody else would.
    pub fn store(&self, name: &str, value: &str, kind: ParameterKind) {
        let mut state = self.state();
        let now = state.now.unwrap_or(SystemTime::UNIX_EPOCH);
        let stored = state.store.entry(name.to_owned()).or_default();
        let number = u32::try_from(stored.versions.len()).unwrap_or_default() + 1;
        stored.versions.push(StoredVersion {
            facts: ParameterFacts {
                name: name.to_owned(),
                kind,
                key: (kind == ParameterKind::Secure).then(|| "alias/aws/ssm".to_owned()),
                version: number,
                changed: now,
                by: Some("arn:aws:iam::111111111111:user/other".to_owned()),
                tier: ParameterTier::Standard,
                description: None,
                pattern: None,
                policies: Vec::new(),
            },
            value: value.to_owned(),
            labels: Vec::new(),
        });
    }

    /// The newest value of a parameter and its version.
    pub fn stored(&self, name: &str) -> Option<(String, u32)> {
        let state = self.state();
        let newest = state.store.get(name)?.versions.last()?.clone();
        Some((newest.value, newest.facts.version))
    }

    /// What is told of a parameter, its newest labels, and its tags.
    pub fn stored_facts(&self, name: &str) -> Option<ToldOf> {
        let state = self.state();
        let stored = state.store.get(name)?;
        let newest = stored.versions.last()?;
        let tags = stored.tags.clone().into_iter().collect();
        Some((newest.facts.clone(), newest.labels.clone(), tags))
    }

    /// After `after` calls of that name, `times` of them go wrong.
    pub fn fail_calls(&self, call: &'static str, after: u32, times: u32, fault: Fault) {
        self.state().faults.push(FaultOf {
            call,
            after,
            times,
            fault,
        });
    }

    /// From now on no call goes wrong.
    pub fn mend(&self) {
        self.state().faults.clear();
    }
}

impl StoredVersion {
    fn to_value(&self) -> ParameterValue {
        ParameterValue {
            name: self.facts.name.clone(),
            kind: self.facts.kind,
            version: self.facts.version,
            value: Secret::new(self.value.clone()),
            changed: self.facts.changed,
        }
    }
}

fn is_meant(name: &str, filter: Option<&ParameterFilter>) -> bool {
    match filter {
        None => true,
        Some(ParameterFilter::Named(one)) => name == one,
        Some(ParameterFilter::Under(path)) => name
            .strip_prefix(path.trim_end_matches('/'))
            .is_some_and(|rest| rest.starts_with('/')),
    }
}

impl Parameters for FakeCloud {
    fn list<'a>(
        &'a self,
        filter: Option<&'a ParameterFilter>,
        next: Option<&'a str>,
    ) -> Effect<'a, Result<ParameterPage, CloudProblem>> {
        self.call("ssm:DescribeParameters", move |state| {
            let after = next.unwrap_or_default();
            let names = state.store.range(after.to_owned()..);
            let meant = names.filter(|(name, _)| name.as_str() != after && is_meant(name, filter));
            let mut found: Vec<ParameterFacts> = meant
                .filter_map(|(_, stored)| stored.versions.last())
                .take(PAGE + 1)
                .map(|version| version.facts.clone())
                .collect();
            let has_more = found.len() > PAGE;
            found.truncate(PAGE);
            let next = found
                .last()
                .filter(|_| has_more)
                .map(|last| last.name.clone());
            Ok(ParameterPage { found, next })
        })
    }

    fn values<'a>(
        &'a self,
        names: &'a [String],
    ) -> Effect<'a, Result<Vec<ParameterValue>, CloudProblem>> {
        self.call("ssm:GetParameters", move |state| {
            if names.len() > 10 {
                let reason = "Member must have length less than or equal to 10";
                return Err(refused("ssm:GetParameters", "ValidationException", reason));
            }
            let newest = names
                .iter()
                .filter_map(|name| state.store.get(name)?.versions.last());
            Ok(newest.map(StoredVersion::to_value).collect())
        })
    }

    fn value<'a>(
        &'a self,
        name: &'a str,
    ) -> Effect<'a, Result<Option<ParameterValue>, CloudProblem>> {
        self.call("ssm:GetParameter", move |state| {
            let (plain, selector) = match name.split_once(':') {
                None => (name, None),
                Some((plain, selector)) => (plain, Some(selector)),
            };
            let Some(stored) = state.store.get(plain) else {
                return Ok(None);
            };
            let has = |version: &&StoredVersion| match selector {
                None => true,
                Some(wanted) => {
                    version.facts.version.to_string() == wanted
                        || version.labels.iter().any(|label| label == wanted)
                }
            };
            Ok(stored
                .versions
                .iter()
                .rev()
                .find(has)
                .map(StoredVersion::to_value))
        })
    }

    fn history<'a>(
        &'a self,
        name: &'a str,
    ) -> Effect<'a, Result<Vec<ParameterVersion>, CloudProblem>> {
        self.call("ssm:GetParameterHistory", move |state| {
            let stored = state.store.get(name);
            let stored = stored.ok_or_else(|| not_found("ssm:GetParameterHistory", name))?;
            let version = |version: &StoredVersion| ParameterVersion {
                facts: version.facts.clone(),
                labels: version.labels.clone(),
                value: Secret::new(version.value.clone()),
            };
            Ok(stored.versions.iter().map(version).collect())
        })
    }

    fn tags<'a>(
        &'a self,
        name: &'a str,
    ) -> Effect<'a, Result<Vec<(String, String)>, CloudProblem>> {
        self.call("ssm:ListTagsForResource", move |state| {
            let stored = state.store.get(name);
            let stored = stored.ok_or_else(|| not_found("ssm:ListTagsForResource", name))?;
            Ok(stored.tags.clone().into_iter().collect())
        })
    }
}

impl ParameterChanges for FakeCloud {
    fn put<'a>(&'a self, put: &'a ParameterPut<'a>) -> Effect<'a, Result<u32, CloudProblem>> {
        self.call("ssm:PutParameter", move |state| {
            let now = state.now.unwrap_or(SystemTime::UNIX_EPOCH);
            let is_there = state.store.contains_key(put.name);
            if is_there && !put.overwrite {
                let reason = "The parameter already exists.";
                return Err(refused(
                    "ssm:PutParameter",
                    "ParameterAlreadyExists",
                    reason,
                ));
            }
            let stored = state.store.entry(put.name.to_owned()).or_default();
            let number = u32::try_from(stored.versions.len()).unwrap_or_default() + 1;
            let secure = put.kind == ParameterKind::Secure;
            let key = put.key.unwrap_or("alias/aws/ssm").to_owned();
            let policies = put
                .policies
                .and_then(|text| serde_json::from_str(text).ok());
            let policies: Vec<serde_json::Value> = policies.unwrap_or_default();
            stored.versions.push(StoredVersion {
                facts: ParameterFacts {
                    name: put.name.to_owned(),
                    kind: put.kind,
                    key: secure.then_some(key),
                    version: number,
                    changed: now,
                    by: Some("arn:aws:iam::111111111111:user/me".to_owned()),
                    tier: put.tier,
                    description: put.description.map(str::to_owned),
                    pattern: put.pattern.map(str::to_owned),
                    policies: policies.iter().map(ToString::to_string).collect(),
                },
                value: put.value.expose().to_owned(),
                labels: Vec::new(),
            });
            stored.tags.extend(put.tags.iter().cloned());
            Ok(number)
        })
    }

    fn label<'a>(
        &'a self,
        name: &'a str,
        version: u32,
        labels: &'a [String],
    ) -> Effect<'a, Result<Vec<String>, CloudProblem>> {
        const CALL: &str = "ssm:LabelParameterVersion";
        self.call(CALL, move |state| {
            let stored = state
                .store
                .get_mut(name)
                .ok_or_else(|| not_found(CALL, name))?;
            if !stored
                .versions
                .iter()
                .any(|one| one.facts.version == version)
            {
                return Err(not_found(CALL, name));
            }
            for one in &mut stored.versions {
                one.labels.retain(|label| !labels.contains(label));
                if one.facts.version == version {
                    one.labels.extend(labels.iter().cloned());
                }
            }
            Ok(Vec::new())
        })
    }

    fn unlabel<'a>(
        &'a self,
        name: &'a str,
        version: u32,
        labels: &'a [String],
    ) -> Effect<'a, Result<Vec<String>, CloudProblem>> {
        const CALL: &str = "ssm:UnlabelParameterVersion";
        self.call(CALL, move |state| {
            let stored = state
                .store
                .get_mut(name)
                .ok_or_else(|| not_found(CALL, name))?;
            let found = stored
                .versions
                .iter_mut()
                .find(|one| one.facts.version == version);
            let found = found.ok_or_else(|| not_found(CALL, name))?;
            let missing = labels.iter().filter(|label| !found.labels.contains(label));
            let missing = missing.cloned().collect();
            found.labels.retain(|label| !labels.contains(label));
            Ok(missing)
        })
    }

    fn delete<'a>(&'a self, names: &'a [String]) -> Effect<'a, Result<Vec<String>, CloudProblem>> {
        self.call("ssm:DeleteParameters", move |state| {
            let gone = names
                .iter()
                .filter(|name| state.store.remove(*name).is_some());
            Ok(gone.cloned().collect())
        })
    }

    fn tag<'a>(
        &'a self,
        name: &'a str,
        tags: &'a [(String, String)],
    ) -> Effect<'a, Result<(), CloudProblem>> {
        const CALL: &str = "ssm:AddTagsToResource";
        self.call(CALL, move |state| {
            let stored = state
                .store
                .get_mut(name)
                .ok_or_else(|| not_found(CALL, name))?;
            stored.tags.extend(tags.iter().cloned());
            Ok(())
        })
    }

    fn untag<'a>(
        &'a self,
        name: &'a str,
        keys: &'a [String],
    ) -> Effect<'a, Result<(), CloudProblem>> {
        const CALL: &str = "ssm:RemoveTagsFromResource";
        self.call(CALL, move |state| {
            let stored = state
                .store
                .get_mut(name)
                .ok_or_else(|| not_found(CALL, name))?;
            stored.tags.retain(|key, _| !keys.contains(key));
            Ok(())
        })
    }
}
