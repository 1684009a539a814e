//! What somebody can do with a key: the few actions that matter to people, each with the evaluator's answer.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::answer::{Answer, Verdict};
use crate::arn::Arn;
use crate::context::Context;
use crate::evaluate::{Request, evaluate};
use crate::key_actions::KeyUse;
use crate::policies::{Grant, Layer, Named, Policies, ResourcePolicy};
use crate::policy::{Condition, Document};
use crate::principal::{Principal, PrincipalType};

/// A user or role that exists, with what is known of its policies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who it is.
    pub principal: Principal,
    /// The policies of the user and its groups, or of the role.
    pub identity: Layer<Vec<Named>>,
    /// Its permissions boundary.
    pub boundary: Layer<Named>,
}

impl Person {
    /// Somebody whose policies nobody could read.
    pub const fn unread(principal: Principal) -> Self {
        Self {
            principal,
            identity: Layer::NotKnown,
            boundary: Layer::NotKnown,
        }
    }

    /// Somebody with these policies and no boundary.
    pub const fn with(principal: Principal, policies: Vec<Named>) -> Self {
        Self {
            principal,
            identity: Layer::Held(policies),
            boundary: Layer::Absent,
        }
    }
}

/// A key, and those who may have to do with it.
#[derive(Debug, Clone)]
pub struct KeyCase<'a> {
    /// The key's ARN; of a key that is still to be made, any with its account.
    pub key: &'a str,
    /// The policy it has or shall have.
    pub policy: &'a Document,
    /// What it is for.
    pub key_use: KeyUse,
    /// Who sets the policy.
    pub caller: &'a Principal,
    /// The users and roles of the account that are known.
    pub people: &'a [Person],
    /// Whether those are all of them: then, who is named and not among them does not exist.
    pub everybody: bool,
    /// The service control policies of the account, level by level.
    pub service_control: Layer<Vec<Vec<Named>>>,
    /// The resource control policies of the account.
    pub resource_control: Layer<Vec<Named>>,
    /// The key's grants.
    pub grants: Layer<Vec<Grant>>,
}

/// Something that somebody can do with a key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Power {
    /// Change its policy, and so everything else.
    Administer,
    /// Have it deleted.
    Delete,
    /// Let others use it by a grant.
    Grant,
    /// Use it by an action, directly.
    Use(&'static str),
    /// Use it by an action, through a service only that is named here.
    UseThrough(&'static str, String),
}

impl Power {
    const fn action(&self) -> &'static str {
        match self {
            Self::Administer => "kms:PutKeyPolicy",
            Self::Delete => "kms:ScheduleKeyDeletion",
            Self::Grant => "kms:CreateGrant",
            Self::Use(action) | Self::UseThrough(action, _) => action,
        }
    }

    /// Whether it reads or makes what the key protects.
    pub const fn is_use(&self) -> bool {
        matches!(self, Self::Use(_) | Self::UseThrough(..))
    }
}

impl fmt::Display for Power {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Administer => out.write_str("change its policy"),
            Self::Delete => out.write_str("delete it"),
            Self::Grant => out.write_str("let others use it by grants"),
            Self::Use(action) => out.write_str(action),
            Self::UseThrough(action, service) => {
                write!(out, "{action} through {}", crate::names::service(service))
            }
        }
    }
}

/// What one principal can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Powers {
    /// Who.
    pub principal: Principal,
    /// Whether it is known that they exist.
    pub lives: bool,
    /// Each power with its answer.
    pub answers: BTreeMap<Power, Answer>,
}

impl Powers {
    /// Whether they have a power.
    pub fn verdict(&self, power: &Power) -> Verdict {
        self.answers
            .get(power)
            .map_or(Verdict::Unknown, |answer| answer.verdict)
    }

    /// The best verdict of all ways of using the key.
    pub fn uses(&self) -> Verdict {
        let uses = self.answers.iter().filter(|(power, _)| power.is_use());
        uses.map(|(_, answer)| answer.verdict)
            .max()
            .unwrap_or(Verdict::Deny)
    }
}

/// The actions by which a key is used.
const fn uses(key_use: KeyUse) -> &'static [&'static str] {
    match key_use {
        KeyUse::Symmetric => &["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
        KeyUse::Encrypt => &["kms:Decrypt", "kms:Encrypt"],
        KeyUse::Sign => &["kms:Sign"],
        KeyUse::Mac => &["kms:GenerateMac"],
        KeyUse::Agree => &["kms:DeriveSharedSecret"],
    }
}

impl KeyCase<'_> {
    /// What everybody can do who is known or named: the root user first, then people, then those whom the policy
    /// names beyond them.
    pub fn powers(&self) -> Vec<Powers> {
        let services = services(self.policy);
        let one = |person: &Person, lives| Powers {
            principal: person.principal.clone(),
            lives,
            answers: self.answers(person, &services),
        };
        let mut all: Vec<Powers> = Vec::new();
        if let Some(root) = self.root() {
            all.push(one(&Person::with(root, Vec::new()), true));
        }
        all.extend(self.people.iter().map(|person| one(person, true)));
        if !self.is_known(self.caller) {
            all.push(one(&Person::unread(self.caller.clone()), true));
        }
        let strangers = named_in(self.policy)
            .into_iter()
            .filter(|named| !self.is_known(named) && named != self.caller);
        all.extend(
            strangers
                .filter(|named| !self.is_gone(named))
                .map(|named| one(&Person::unread(named), false)),
        );
        all
    }

    /// The root user of the key's account.
    pub fn root(&self) -> Option<Principal> {
        let arn = Arn::of(self.key)?;
        Principal::parse(&format!("arn:{}:iam::{}:root", arn.partition, arn.account)).ok()
    }

    /// Whom the policy names of the key's own account who do not exist, as far as everybody is known.
    pub fn gone(&self) -> Vec<Principal> {
        let named = named_in(self.policy).into_iter();
        named.filter(|named| self.is_gone(named)).collect()
    }

    fn is_gone(&self, named: &Principal) -> bool {
        let own = named.account() == Arn::of(self.key).map(|arn| arn.account);
        let person = matches!(named.kind(), PrincipalType::User | PrincipalType::Role);
        self.everybody && own && person && !self.is_known(named)
    }

    fn is_known(&self, who: &Principal) -> bool {
        let root = who.kind() == PrincipalType::Root
            && who.account() == Arn::of(self.key).map(|arn| arn.account);
        root || self
            .people
            .iter()
            .any(|person| same(&person.principal, who))
    }

    fn answers(&self, person: &Person, services: &BTreeSet<String>) -> BTreeMap<Power, Answer> {
        let mut powers = vec![Power::Administer, Power::Delete, Power::Grant];
        for action in uses(self.key_use) {
            powers.push(Power::Use(action));
            powers.extend(
                services
                    .iter()
                    .map(|service| Power::UseThrough(action, service.clone())),
            );
        }
        let policies = self.policies(person);
        let answered = powers.into_iter().map(|power| {
            let context = match &power {
                Power::UseThrough(_, service) => {
                    Context::open().with("kms:ViaService", service.clone())
                }
                _ => Context::open().without("kms:ViaService"),
            };
            let request = Request::new(&person.principal, power.action(), self.key, &context);
            let answer = evaluate(&request, &policies);
            (power, answer)
        });
        answered.collect()
    }

    fn policies(&self, person: &Person) -> Policies {
        Policies {
            identity: person.identity.clone(),
            boundary: person.boundary.clone(),
            session: Layer::Absent,
            service_control: self.service_control.clone(),
            resource_control: self.resource_control.clone(),
            resource: ResourcePolicy::Required(Named::new("the key policy", self.policy.clone())),
            grants: self.grants.clone(),
        }
    }

    /// What the caller can do.
    pub fn caller_powers(&self) -> Powers {
        let known = self
            .people
            .iter()
            .find(|person| same(&person.principal, self.caller));
        let person = match known {
            // The session asks with its role's policies.
            Some(person) => Person {
                principal: match person.principal.kind() {
                    PrincipalType::Role => self.caller.clone().of_role(person.principal.arn()),
                    _ => self.caller.clone(),
                },
                ..person.clone()
            },
            None if self.caller.kind() == PrincipalType::Root => {
                Person::with(self.caller.clone(), Vec::new())
            }
            None => Person::unread(self.caller.clone()),
        };
        Powers {
            answers: self.answers(&person, &BTreeSet::new()),
            principal: person.principal,
            lives: true,
        }
    }
}

/// Whether a person is who asks: themselves, or the role of their session.
fn same(person: &Principal, who: &Principal) -> bool {
    if person == who || person.arn() == who.arn() {
        return true;
    }
    let (Some(role), Some(session)) = (Arn::of(person.arn()), Arn::of(who.arn())) else {
        return false;
    };
    match (person.kind(), who.kind(), who.role()) {
        (PrincipalType::Role, PrincipalType::Session, Some(known)) => known == person.arn(),
        // Names of roles are given once in an account, whatever their paths.
        (PrincipalType::Role, PrincipalType::Session, None) => {
            role.account == session.account
                && session.resource.split('/').nth(1) == Some(role.name())
        }
        _ => false,
    }
}

/// The principals that a policy names one by one.
pub(crate) fn named_in(policy: &Document) -> Vec<Principal> {
    let mut found: Vec<Principal> = Vec::new();
    for text in crate::names::principals(policy) {
        if let Ok(principal) = Principal::parse(&text)
            && !found.contains(&principal)
        {
            found.push(principal);
        }
    }
    found
}

/// The services through which a policy lets the key be used.
fn services(policy: &Document) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (_, statement) in policy.known_statements() {
        let Condition::All(tests) = &statement.condition else {
            continue;
        };
        for (key, values) in tests.iter().flat_map(|test| &test.keys) {
            if key.eq_ignore_ascii_case("kms:ViaService") {
                let known = values.items.iter().filter_map(|text| text.known());
                found.extend(
                    known
                        .map(|text| text.into_owned())
                        .filter(|text| !text.contains(['*', '?', '$'])),
                );
            }
        }
    }
    found
}

/// A power that somebody gains or loses by a change of policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PowerChange {
    /// Who.
    pub principal: String,
    /// Which power.
    pub power: Power,
    /// What they could do before.
    pub before: Verdict,
    /// What they can do after.
    pub after: Verdict,
}

impl PowerChange {
    /// Whether they gain it, or may.
    pub fn is_gain(&self) -> bool {
        self.after > self.before
    }
}

/// What a new policy of a key changes for whom. Both cases are of the same key.
pub fn changes(before: &KeyCase<'_>, after: &KeyCase<'_>) -> Vec<PowerChange> {
    let (old, new) = (before.powers(), after.powers());
    let mut all: Vec<&Principal> = old.iter().map(|powers| &powers.principal).collect();
    for powers in &new {
        if !all.contains(&&powers.principal) {
            all.push(&powers.principal);
        }
    }
    let mut changes = Vec::new();
    for who in all {
        let of = |list: &[Powers], case: &KeyCase<'_>, power: &Power| {
            let told = list
                .iter()
                .find(|powers| powers.principal == *who)
                .and_then(|powers| powers.answers.get(power).map(|answer| answer.verdict));
            told.unwrap_or_else(|| case.verdict(who, power))
        };
        let powers: BTreeSet<&Power> = old
            .iter()
            .chain(&new)
            .flat_map(|powers| powers.answers.keys())
            .collect();
        for power in powers {
            let (before, after) = (of(&old, before, power), of(&new, after, power));
            if before != after {
                changes.push(PowerChange {
                    principal: who.arn().to_owned(),
                    power: power.clone(),
                    before,
                    after,
                });
            }
        }
    }
    changes
}

impl KeyCase<'_> {
    fn verdict(&self, who: &Principal, power: &Power) -> Verdict {
        let known = self
            .people
            .iter()
            .find(|person| person.principal == *who)
            .cloned();
        let person = known.unwrap_or_else(|| Person::unread(who.clone()));
        let services = match power {
            Power::UseThrough(_, service) => BTreeSet::from([service.clone()]),
            _ => BTreeSet::new(),
        };
        let answers = self.answers(&person, &services);
        answers
            .get(power)
            .map_or(Verdict::Unknown, |answer| answer.verdict)
    }
}
