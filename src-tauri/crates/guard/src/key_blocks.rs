//! The statements of a key policy, each known for what it is, so that a change of the parts changes no more of the
//! document than it must.

use crate::condition::{Comparison, Operator};
use crate::key_actions::{DELETE, GRANT, IMPORT, KeyUse, REPLICATE, administers, uses};
use crate::key_policy::{KeyPolicy, KeyUser};
use crate::policy::{
    Condition, Document, Effect, Entry, PrincipalKind, PrincipalPart, Principals, Statement,
};
use crate::text::{Text, Texts};

/// What a statement is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BlockKind {
    Root,
    Administrators,
    Users(Vec<String>),
    Resources,
    Services,
    Rest,
}

/// A statement of the document that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) kind: BlockKind,
    entry: Entry,
    /// Who is named.
    who: Vec<String>,
    /// Whether this is the first of its kind, which those who are new go into.
    first: bool,
}

impl KeyPolicy {
    /// Reads a document of a key of this account. Every statement is kept; those that give what the console gives
    /// to administrators and users appear as such, everything else is `rest`.
    pub fn read(document: &Document, partition: &str, account: &str) -> Self {
        let mut policy = Self::new(partition, account, KeyUse::Symmetric);
        policy.root = false;
        policy.may_delete = false;
        let mut seen: Vec<BlockKind> = Vec::new();
        for entry in &document.statements {
            let (kind, who) = match entry {
                Entry::Statement(statement) => kind_of(statement, &policy),
                Entry::Unresolved(_) => (BlockKind::Rest, Vec::new()),
            };
            let first = !seen.contains(&kind);
            // Only one statement of these can be edited as a whole.
            let kind = match kind {
                BlockKind::Root | BlockKind::Services if !first => BlockKind::Rest,
                kind => kind,
            };
            seen.push(kind.clone());
            if let Entry::Statement(statement) = entry {
                policy.learn(&kind, statement, &who);
            }
            policy.blocks.push(Block {
                kind,
                entry: entry.clone(),
                who,
                first,
            });
        }
        policy.frame = Some(document.clone());
        policy
    }

    /// Takes from a statement what it says.
    fn learn(&mut self, kind: &BlockKind, statement: &Statement, who: &[String]) {
        match kind {
            BlockKind::Root => self.root = true,
            BlockKind::Administrators => {
                let has = |action: &str| statement.action.texts.holds(action);
                self.may_delete |= DELETE.iter().any(|action| has(action));
                self.multi_region |= has(REPLICATE);
                self.imported |= has(IMPORT);
                add(&mut self.administrators, who);
            }
            BlockKind::Users(through) => {
                let found = KeyUse::ALL.into_iter().find(|kind| {
                    statement
                        .action
                        .texts
                        .all_known()
                        .is_some_and(|actions| actions == kind.actions())
                });
                self.key_use = found.unwrap_or(self.key_use);
                for arn in who {
                    let user = KeyUser {
                        arn: arn.clone(),
                        through: through.clone(),
                    };
                    if !self.users.contains(&user) {
                        self.users.push(user);
                    }
                }
            }
            BlockKind::Resources => add(&mut self.for_resources, who),
            BlockKind::Services => self.services = services(statement, self).unwrap_or_default(),
            BlockKind::Rest => {}
        }
    }

    /// Who is to be named by statements of a kind.
    fn wanted(&self, kind: &BlockKind) -> Vec<String> {
        match kind {
            BlockKind::Root => self.root.then(|| self.root_arn()).into_iter().collect(),
            BlockKind::Administrators => self.administrators.clone(),
            BlockKind::Users(through) => {
                let users = self.users.iter().filter(|user| user.through == *through);
                users.map(|user| user.arn.clone()).collect()
            }
            BlockKind::Resources => self.for_resources.clone(),
            BlockKind::Services => self.services.clone(),
            BlockKind::Rest => Vec::new(),
        }
    }

    fn is_told(&self, kind: &BlockKind) -> bool {
        self.blocks.iter().any(|block| block.kind == *kind)
    }
}

impl BlockKind {
    /// The kinds of statements that the console makes, in its order; users through services come with their own.
    pub(crate) const MADE: [Self; 5] = [
        Self::Root,
        Self::Administrators,
        Self::Users(Vec::new()),
        Self::Resources,
        Self::Services,
    ];

    /// The statements that the document does not have yet.
    pub(crate) fn missing(&self, policy: &KeyPolicy) -> Vec<Statement> {
        let mut kinds = vec![self.clone()];
        if *self == Self::Users(Vec::new()) {
            for user in &policy.users {
                let kind = Self::Users(user.through.clone());
                if !kinds.contains(&kind) {
                    kinds.push(kind);
                }
            }
        }
        let missing = kinds.iter().filter(|kind| !policy.is_told(kind));
        missing.filter_map(|kind| kind.made(policy)).collect()
    }

    fn made(&self, policy: &KeyPolicy) -> Option<Statement> {
        let who = policy.wanted(self);
        if who.is_empty() {
            return None;
        }
        match self {
            Self::Root => Some(policy.root_statement()),
            Self::Administrators => Some(policy.administrator_statement(&who)),
            Self::Users(through) => Some(policy.user_statement(&who, through)),
            Self::Resources => Some(policy.resource_statement(&who)),
            Self::Services => Some(policy.service_statement()),
            Self::Rest => None,
        }
    }
}

impl Block {
    /// The statement as it is wanted now; none when nobody is left in it.
    pub(crate) fn changed(&self, policy: &KeyPolicy) -> Option<Entry> {
        let Entry::Statement(statement) = &self.entry else {
            return Some(self.entry.clone());
        };
        let wanted = policy.wanted(&self.kind);
        match &self.kind {
            BlockKind::Rest => return Some(self.entry.clone()),
            BlockKind::Root => return policy.root.then(|| self.entry.clone()),
            BlockKind::Services => {
                let before = services(statement, policy).unwrap_or_default();
                return if wanted == before {
                    Some(self.entry.clone())
                } else {
                    let made = BlockKind::Services.made(policy);
                    made.map(Entry::from)
                };
            }
            BlockKind::Administrators | BlockKind::Users(_) | BlockKind::Resources => {}
        }
        let stay = self.who.iter().filter(|one| wanted.contains(one)).cloned();
        let mut who: Vec<String> = stay.collect();
        if self.first {
            let told = |one: &String| {
                let same = policy.blocks.iter().filter(|block| block.kind == self.kind);
                same.flat_map(|block| &block.who).any(|other| other == one)
            };
            who.extend(wanted.into_iter().filter(|one| !told(one)));
        }
        if who.is_empty() {
            return None;
        }
        let mut statement = statement.as_ref().clone();
        if who != self.who {
            statement.principal = Some(PrincipalPart::aws(Texts::of(who)));
        }
        if self.kind == BlockKind::Administrators {
            statement.action.texts = with_options(&statement.action.texts, policy);
        }
        Some(statement.into())
    }
}

/// The actions of administrators with the options that are wanted, in their order, the rest untouched.
fn with_options(actions: &Texts, policy: &KeyPolicy) -> Texts {
    let deletes = DELETE.iter().any(|action| actions.holds(action));
    let mut made = actions.clone();
    let mut set = |names: &[&str], has: bool, wanted: bool| {
        if has && !wanted {
            made.items
                .retain(|text| !names.iter().any(|name| *text == Text::from(*name)));
        } else if wanted && !has {
            made.items
                .extend(names.iter().map(|name| Text::from(*name)));
            made.list = true;
        }
    };
    // A document of several statements may give an option in one of them: it is told of all, and changed in all.
    let told = |names: &[&str]| {
        let administer = policy
            .blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Administrators);
        administer
            .filter_map(|block| match &block.entry {
                Entry::Statement(statement) => Some(&statement.action.texts),
                Entry::Unresolved(_) => None,
            })
            .any(|texts| names.iter().any(|name| texts.holds(name)))
    };
    if policy.may_delete != told(DELETE) {
        set(DELETE, deletes, policy.may_delete);
    }
    for (name, wanted) in [(REPLICATE, policy.multi_region), (IMPORT, policy.imported)] {
        if wanted != told(&[name]) {
            set(&[name], actions.holds(name), wanted);
        }
    }
    made
}

fn add(list: &mut Vec<String>, who: &[String]) {
    for one in who {
        if !list.contains(one) {
            list.push(one.clone());
        }
    }
}

/// What a statement is for, and whom it names.
fn kind_of(statement: &Statement, policy: &KeyPolicy) -> (BlockKind, Vec<String>) {
    let rest = (BlockKind::Rest, Vec::new());
    let whole = statement.effect == Effect::Allow
        && !statement.action.negated
        && statement
            .resource
            .as_ref()
            .is_some_and(|part| !part.negated && part.texts.holds("*"));
    let (Some(who), Some(actions)) = (named(statement), statement.action.texts.all_known()) else {
        return rest;
    };
    if !whole {
        return rest;
    }
    if services(statement, policy).is_some() && actions.iter().all(|action| uses(action)) {
        return (BlockKind::Services, who);
    }
    if who.iter().any(|one| one == "*") {
        return rest;
    }
    let root = [policy.root_arn(), policy.account.clone()];
    let plain = statement.condition == Condition::NONE;
    let puts = |action: &String| matches!(action.as_str(), "kms:Put*" | "kms:PutKeyPolicy");
    match via(&statement.condition) {
        _ if plain
            && actions == ["kms:*"]
            && matches!(who.as_slice(), [one] if root.contains(one)) =>
        {
            (BlockKind::Root, who)
        }
        _ if plain
            && actions.iter().any(puts)
            && actions.iter().all(|action| administers(action)) =>
        {
            (BlockKind::Administrators, who)
        }
        _ if plain && actions.iter().all(|action| uses(action)) => {
            (BlockKind::Users(Vec::new()), who)
        }
        Some(through) if actions.iter().all(|action| uses(action)) => {
            (BlockKind::Users(through), who)
        }
        _ if for_resources(&statement.condition) && actions == GRANT => (BlockKind::Resources, who),
        _ => rest,
    }
}

/// Whom a statement names, when all of them are known and of AWS's first kind.
fn named(statement: &Statement) -> Option<Vec<String>> {
    let part = statement.principal.as_ref().filter(|part| !part.negated)?;
    match &part.principals {
        Principals::Everyone => Some(vec!["*".to_owned()]),
        Principals::Named(kinds) => match kinds.as_slice() {
            [(PrincipalKind::Aws, texts)] => texts.all_known(),
            _ => None,
        },
        Principals::Unresolved(_) => None,
    }
}

/// The keys of a condition that only compares texts.
fn equalities(condition: &Condition) -> Option<&[(String, Texts)]> {
    match condition {
        Condition::All(tests) => match tests.as_slice() {
            [test] if test.operator == Operator::STRING_EQUALS => Some(&test.keys),
            _ => None,
        },
        Condition::Unresolved(_) => None,
    }
}

fn via(condition: &Condition) -> Option<Vec<String>> {
    match equalities(condition)? {
        [(key, values)] if key.eq_ignore_ascii_case("kms:ViaService") => {
            values.all_known().filter(|services| !services.is_empty())
        }
        _ => None,
    }
}

/// The services of a statement for everybody of the account.
fn services(statement: &Statement, policy: &KeyPolicy) -> Option<Vec<String>> {
    let everybody = named(statement).is_some_and(|who| who == ["*"]);
    let of = |(key, values): &(String, Texts), name: &str| {
        key.eq_ignore_ascii_case(name)
            .then(|| values.all_known())
            .flatten()
    };
    match equalities(&statement.condition)? {
        [one, other] if everybody => {
            let found = of(one, "kms:CallerAccount").zip(of(other, "kms:ViaService"));
            let (accounts, services) =
                found.or_else(|| of(other, "kms:CallerAccount").zip(of(one, "kms:ViaService")))?;
            (accounts == [policy.account.clone()] && !services.is_empty()).then_some(services)
        }
        _ => None,
    }
}

fn for_resources(condition: &Condition) -> bool {
    let Condition::All(tests) = condition else {
        return false;
    };
    match tests.as_slice() {
        [test] if test.operator.comparison == Comparison::Bool && test.operator.set.is_none() => {
            match test.keys.as_slice() {
                [(key, values)] => {
                    key == "kms:GrantIsForAWSResource"
                        && values.all_known().is_some_and(|values| values == ["true"])
                }
                _ => false,
            }
        }
        _ => false,
    }
}
