//! Policies in words: one sentence a statement, in which what is not known is named.

use crate::key_actions::{ADMINISTER, DELETE, GRANT, administers, uses};
use crate::key_policy::KeyPolicy;
use crate::lockout::capital;
use crate::names::{self, Names};
use crate::policy::{
    Document, Effect, Entry, Part, PrincipalKind, PrincipalPart, Principals, Statement,
};
use crate::text::Texts;

/// A sentence on a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The JSON pointers of the statements it tells of.
    pub pointer: String,
    /// The sentence.
    pub text: String,
}

/// A document in words. `subject` is who has the policy, for documents that name nobody: `the role Deployer`.
pub fn in_words(document: &Document, subject: &str, names: &Names) -> Vec<Sentence> {
    let numbered = document.statements.iter().enumerate();
    let told = numbered.map(|(at, entry)| Sentence {
        pointer: document.pointer(at),
        text: entry_in_words(entry, subject, names),
    });
    told.collect()
}

/// One statement in words.
pub(crate) fn entry_in_words(entry: &Entry, subject: &str, names: &Names) -> String {
    match entry {
        Entry::Statement(statement) => statement_in_words(statement, subject, names),
        Entry::Unresolved(value) => {
            format!("CloudFormation fills in a statement that is not known here: {value}.")
        }
    }
}

/// A key policy in words: one sentence on administrators and users, then one for each statement that is neither.
pub fn key_in_words(policy: &KeyPolicy, names: &Names) -> Vec<String> {
    let mut parts = Vec::new();
    parts.extend(administrators(policy, names));
    parts.extend(users(policy, names));
    if !policy.for_resources.is_empty() {
        let verb = by_count(policy.for_resources.len(), "lets", "let");
        let who = called(&policy.for_resources, names);
        parts.push(format!("{who} {verb} resources of AWS use it"));
    }
    if !policy.services.is_empty() {
        let services = services(&policy.services);
        parts.push(format!(
            "everybody in the account {} uses it through {services} only",
            policy.account
        ));
    }
    if policy.root {
        parts.push(format!(
            "the account {} may give every right to it by its own policies",
            policy.account
        ));
    }
    let mut sentences = Vec::new();
    if !parts.is_empty() {
        sentences.push(format!("{}.", capital(&parts.join("; "))));
    }
    let rest = policy.rest();
    sentences.extend(
        rest.iter()
            .map(|(_, entry)| entry_in_words(entry, "its owner", names)),
    );
    sentences
}

fn administrators(policy: &KeyPolicy, names: &Names) -> Option<String> {
    let count = policy.administrators.len();
    let delete = match policy.may_delete {
        true => "",
        false => by_count(count, ", but does not delete it", ", but do not delete it"),
    };
    let verb = by_count(count, "administers", "administer");
    let who = called(&policy.administrators, names);
    (count > 0).then(|| format!("{who} {verb} it{delete}"))
}

/// Users, by the way they use it.
fn users(policy: &KeyPolicy, names: &Names) -> Vec<String> {
    let mut ways: Vec<&[String]> = Vec::new();
    for user in &policy.users {
        if !ways.contains(&user.through.as_slice()) {
            ways.push(&user.through);
        }
    }
    let told = ways.into_iter().map(|through| {
        let users = policy.users.iter().filter(|user| user.through == through);
        let users: Vec<String> = users.map(|user| user.arn.clone()).collect();
        let verb = by_count(users.len(), "uses", "use");
        let only = match through {
            [] => String::new(),
            through => format!(" through {} only", services(through)),
        };
        format!("{} {verb} it{only}", called(&users, names))
    });
    told.collect()
}

fn called(arns: &[String], names: &Names) -> String {
    let called: Vec<String> = arns
        .iter()
        .map(|arn| names::principal(arn, names))
        .collect();
    names::list(&called)
}

fn services(addresses: &[String]) -> String {
    let called: Vec<String> = addresses
        .iter()
        .map(|service| names::service(service))
        .collect();
    names::list(&called)
}

const fn by_count(count: usize, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}

fn statement_in_words(statement: &Statement, subject: &str, names: &Names) -> String {
    let who = statement
        .principal
        .as_ref()
        .map_or_else(|| subject.to_owned(), |part| who(part, names));
    let may = match &statement.effect {
        Effect::Allow => "may",
        Effect::Deny => "may never",
        Effect::Unresolved(_) => "may or may not (CloudFormation fills it in)",
    };
    let key = statement.principal.is_some()
        && statement
            .action
            .texts
            .items
            .iter()
            .all(|text| text.known().is_some_and(|text| text.starts_with("kms:")));
    let what = what(&statement.action);
    let place = match &statement.resource {
        Some(part) if key && !part.negated && part.texts.holds("*") => " it".to_owned(),
        Some(part) => format!(" {}", place(part)),
        None => " it".to_owned(),
    };
    let when = crate::condition_words::in_words(&statement.condition, names);
    format!("{} {may} {what}{place}{when}.", capital(&who))
}

fn who(part: &PrincipalPart, names: &Names) -> String {
    let named = match &part.principals {
        Principals::Everyone => "everybody".to_owned(),
        Principals::Unresolved(value) => format!("whom CloudFormation fills in for {value}"),
        Principals::Named(kinds) => {
            let each = kinds
                .iter()
                .flat_map(|(kind, texts)| texts.items.iter().map(|text| (*kind, text)));
            let called = each.map(|(kind, text)| match (kind, text.known()) {
                (PrincipalKind::Aws | PrincipalKind::Service, Some(known)) => {
                    names::principal(&known, names)
                }
                (PrincipalKind::Federated, Some(known)) => format!("who signs in with {known}"),
                (PrincipalKind::CanonicalUser, Some(known)) => format!("the S3 account {known}"),
                (_, None) => text.in_words(),
            });
            names::list(&called.collect::<Vec<_>>())
        }
    };
    if part.negated {
        format!("everybody but {named}")
    } else {
        named
    }
}

/// What actions come to.
fn what(part: &Part) -> String {
    let listed = || names::list(&quoted(&part.texts));
    if part.negated {
        return format!("do everything but {} with", listed());
    }
    let Some(actions) = part.texts.all_known() else {
        return format!("call {} on", listed());
    };
    let all = |is: fn(&str) -> bool| actions.iter().all(|action| is(action));
    let has = |list: &[&str]| {
        list.iter()
            .all(|one| actions.iter().any(|action| action == one))
    };
    if actions == ["*"] || actions == ["kms:*"] {
        "do everything with".to_owned()
    } else if all(administers) && has(ADMINISTER) {
        let delete = if has(DELETE) {
            "administer, and delete,"
        } else {
            "administer"
        };
        delete.to_owned()
    } else if all(uses) && actions.iter().any(|action| action == "kms:DescribeKey") {
        "use".to_owned()
    } else if actions == GRANT {
        "give and take grants of".to_owned()
    } else if actions == ["kms:Decrypt"] {
        "decrypt with".to_owned()
    } else if all(|action| action.starts_with("ssm:GetParameter")) {
        "read".to_owned()
    } else if all(|action| action.starts_with("sts:AssumeRole")) {
        "assume".to_owned()
    } else {
        format!("call {} on", listed())
    }
}

fn quoted(texts: &Texts) -> Vec<String> {
    let items = texts.items.iter();
    items
        .map(|text| match text.known() {
            Some(known) => format!("`{known}`"),
            None => text.in_words(),
        })
        .collect()
}

fn place(part: &Part) -> String {
    let named: Vec<String> = part
        .texts
        .items
        .iter()
        .map(|text| match text.known() {
            Some(known) if known == "*" => "every resource".to_owned(),
            Some(known) => resource(&known),
            None => text.in_words(),
        })
        .collect();
    let named = names::list(&named);
    if part.negated {
        format!("everything but {named}")
    } else {
        named
    }
}

/// How a resource is called.
pub(crate) fn resource(text: &str) -> String {
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    match parts.as_slice() {
        ["arn", _, "ssm", _, _, resource] if resource.starts_with("parameter/") => {
            format!("the parameter {}", resource.trim_start_matches("parameter"))
        }
        ["arn", _, "kms", _, _, resource] if resource.starts_with("key/") => {
            format!("the key {}", resource.trim_start_matches("key/"))
        }
        _ => format!("`{text}`"),
    }
}
