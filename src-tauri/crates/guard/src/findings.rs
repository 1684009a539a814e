//! What the statements of one document say of one request.

use std::sync::Arc;

use crate::answer::{Reason, Source};
use crate::context::Context;
use crate::matching::{Pattern, Reading};
use crate::policies::Named;
use crate::policy::{Document, Effect, Entry, Part, PrincipalPart, Statement};
use crate::principal::{self, Principal};
use crate::truth::Truth;

/// A request with every key that follows from it.
#[derive(Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) principal: &'a Principal,
    pub(crate) action: &'a str,
    pub(crate) resource: &'a str,
    pub(crate) context: Context,
    /// Whether the principal has a permissions boundary.
    pub(crate) bounded: Truth,
}

/// What several documents say together.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) allowing: Vec<Match>,
    pub(crate) denying: Vec<Match>,
}

/// A statement that fits, or may fit.
#[derive(Debug)]
pub(crate) struct Match {
    pub(crate) truth: Truth,
    /// By which name it means the principal; nobody in policies that name none.
    pub(crate) named: principal::Named,
    pub(crate) reason: Reason,
    pub(crate) open: Vec<String>,
}

impl Found {
    /// What documents of identities say.
    pub(crate) fn in_documents<'n>(
        asked: &Asked<'_>,
        source: Source,
        documents: impl IntoIterator<Item = &'n Named>,
    ) -> Self {
        let mut found = Self::default();
        for named in documents {
            found.add(asked, source, named);
        }
        found
    }

    pub(crate) fn allows(&self) -> Truth {
        Truth::any(self.allowing.iter().map(|one| one.truth))
    }

    pub(crate) fn denies(&self) -> Truth {
        Truth::any(self.denying.iter().map(|one| one.truth))
    }

    /// By which names somebody is allowed.
    pub(crate) fn named(&self) -> principal::Named {
        let each = self
            .allowing
            .iter()
            .map(|one| one.named.map(|way| way.and(one.truth)));
        each.fold(principal::Named::NOBODY, principal::Named::or)
    }

    fn add(&mut self, asked: &Asked<'_>, source: Source, named: &Named) {
        let document: &Arc<Document> = &named.document;
        for (at, entry) in document.statements.iter().enumerate() {
            let reason = |statement: Option<&Statement>, denies| Reason {
                source,
                policy: named.name.clone(),
                pointer: document.pointer(at),
                sid: statement.and_then(|one| Some(one.sid.as_ref()?.in_words())),
                denies,
            };
            let Entry::Statement(statement) = entry else {
                for denies in [false, true] {
                    self.push(reason(None, denies), unknown_match());
                }
                continue;
            };
            let (truth, open) = fits(asked, statement, document.has_variables());
            let (allowed, denied) = match &statement.principal {
                Some(part) => (
                    principal::named(part, asked.principal, false),
                    denied(part, asked),
                ),
                None => (principal::Named::NOBODY, principal::Named::NOBODY),
            };
            let with = |named: principal::Named| match statement.principal {
                Some(_) => (truth.and(named.any()), named, open.clone()),
                None => (truth, named, open.clone()),
            };
            match &statement.effect {
                Effect::Allow => self.push(reason(Some(statement), false), with(allowed)),
                Effect::Deny => self.push(reason(Some(statement), true), with(denied)),
                Effect::Unresolved(_) => {
                    for (denies, named) in [(false, allowed), (true, denied)] {
                        let (truth, named, mut open) = with(named);
                        open.push("whether CloudFormation fills in Allow or Deny".to_owned());
                        let unsure = (truth.and(Truth::Unknown), named, open);
                        self.push(reason(Some(statement), denies), unsure);
                    }
                }
            }
        }
    }

    fn push(
        &mut self,
        reason: Reason,
        (truth, named, open): (Truth, principal::Named, Vec<String>),
    ) {
        if truth == Truth::No {
            return;
        }
        let list = if reason.denies {
            &mut self.denying
        } else {
            &mut self.allowing
        };
        list.push(Match {
            truth,
            named,
            reason,
            open,
        });
    }
}

/// Whom a denial means. `NotPrincipal` excepts nobody who has a permissions boundary, as AWS documents.
fn denied(part: &PrincipalPart, asked: &Asked<'_>) -> principal::Named {
    let mut named = principal::named(part, asked.principal, true);
    if part.negated {
        named.star = named.star.or(asked.bounded);
    }
    named
}

fn unknown_match() -> (Truth, principal::Named, Vec<String>) {
    let named = principal::Named {
        direct: Truth::Unknown,
        ..principal::Named::NOBODY
    };
    (
        Truth::Unknown,
        named,
        vec!["a statement that CloudFormation fills in".to_owned()],
    )
}

/// Whether action, resource and condition fit; whom the statement names is told apart.
fn fits(asked: &Asked<'_>, statement: &Statement, variables: bool) -> (Truth, Vec<String>) {
    let mut open = Vec::new();
    let action = part(&statement.action, |text| {
        let reading = Reading {
            variables: None,
            wildcards: true,
        };
        Pattern::of(text, reading).fits_any_case(asked.action)
    });
    let resource = statement.resource.as_ref().map_or(Truth::Yes, |part_| {
        let reading = Reading {
            variables: variables.then_some(&asked.context),
            wildcards: true,
        };
        part(part_, |text| {
            let pattern = Pattern::of(text, reading);
            if part_.negated && pattern.may_be_missing() {
                return Truth::Unknown;
            }
            pattern.fits_resource(asked.resource)
        })
    });
    if action == Truth::No || resource == Truth::No {
        return (Truth::No, open);
    }
    if action == Truth::Unknown {
        open.push("which actions CloudFormation fills in".to_owned());
    }
    if resource == Truth::Unknown {
        open.push("which resources the statement means".to_owned());
    }
    let (condition, unknown) = statement.condition.holds(&asked.context, variables);
    if condition == Truth::Unknown {
        open.extend(unknown);
    }
    (Truth::all([action, resource, condition]), open)
}

fn part(part: &Part, fits: impl Fn(&crate::text::Text) -> Truth) -> Truth {
    let any = Truth::any(part.texts.items.iter().map(fits));
    if part.negated { any.negated() } else { any }
}
