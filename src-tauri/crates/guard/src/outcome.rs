//! The answer, with what decided, what is lacking, or what is open.

use std::collections::BTreeSet;

use crate::answer::{Answer, Reason, Source, Verdict};
use crate::findings::Match;
use crate::principal::PrincipalType;
use crate::trial::Trial;
use crate::truth::Truth;

impl Trial<'_> {
    pub(crate) fn denied(&self) -> Answer {
        let reasons = self.applying().flat_map(|said| &said.found.denying);
        Answer {
            verdict: Verdict::Deny,
            reasons: certain(reasons),
            open: Vec::new(),
            lacking: Vec::new(),
        }
    }

    pub(crate) fn granted(&self) -> Answer {
        let allowing = self.applying().flat_map(|said| &said.found.allowing);
        let mut reasons = certain(allowing);
        let grants = self.grants.iter().filter(|(truth, _)| *truth == Truth::Yes);
        reasons.extend(grants.map(|(_, grant)| Reason {
            source: Source::Grant,
            policy: grant.id.clone(),
            pointer: String::new(),
            sid: None,
            denies: false,
        }));
        if self.asked.principal.kind() == PrincipalType::Root {
            reasons.push(Reason {
                source: Source::Root,
                policy: String::new(),
                pointer: String::new(),
                sid: None,
                denies: false,
            });
        }
        Answer {
            verdict: Verdict::Allow,
            reasons,
            open: Vec::new(),
            lacking: Vec::new(),
        }
    }

    pub(crate) fn lacking(&self) -> Answer {
        let silent = self.applying().filter(|said| match said.source {
            Source::ResourceControl => false,
            Source::Identity | Source::Resource => said.allows() == Truth::No,
            _ => said.lets_pass() == Truth::No,
        });
        let mut lacking: Vec<Source> = silent.map(|said| said.source).collect();
        lacking.dedup();
        Answer {
            verdict: Verdict::Deny,
            reasons: Vec::new(),
            open: Vec::new(),
            lacking,
        }
    }

    pub(crate) fn open(&self, account: bool) -> Answer {
        let mut open = Vec::new();
        for said in self.applying() {
            if said.not_known {
                let are = match said.source {
                    Source::Boundary | Source::Resource => "is",
                    _ => "are",
                };
                open.push(format!("{}, which {are} not known", said.source.in_words()));
            }
            for found in said.found.allowing.iter().chain(&said.found.denying) {
                open.extend(found.open.iter().cloned());
                if found.truth == Truth::Unknown && found.open.is_empty() {
                    open.push(format!("whom {} means", place(&found.reason)));
                }
            }
        }
        if account {
            open.push("the account that the resource belongs to".to_owned());
        }
        if self.grants_open {
            open.push("the grants of the key, which are not known".to_owned());
        }
        let unsure = self
            .grants
            .iter()
            .filter(|(truth, _)| *truth == Truth::Unknown);
        open.extend(unsure.map(|(_, grant)| format!("whether the grant {} fits", grant.id)));
        if open.is_empty() {
            open.push(
                "how a limit treats what another policy allows, which AWS does not document"
                    .to_owned(),
            );
        }
        let mut seen = BTreeSet::new();
        open.retain(|one| seen.insert(one.clone()));
        Answer {
            verdict: Verdict::Unknown,
            reasons: Vec::new(),
            open,
            lacking: Vec::new(),
        }
    }
}

fn place(reason: &Reason) -> String {
    match &reason.sid {
        Some(sid) => format!("the statement \"{sid}\" of {}", reason.policy),
        None => format!("the statement {} of {}", reason.pointer, reason.policy),
    }
}

fn certain<'m>(matches: impl Iterator<Item = &'m Match>) -> Vec<Reason> {
    let certain = matches.filter(|found| found.truth == Truth::Yes);
    certain.map(|found| found.reason.clone()).collect()
}
