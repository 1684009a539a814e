//! Statements that let somebody read more secrets than one, and what they are replaced with.

use crate::least::{LeastProblem, Wanted, least_statements};
use crate::lockout::open_to_all;
use crate::matching::{Pattern, Reading};
use crate::policy::{Document, Effect, Entry, Part, Statement};
use crate::rules::{Finding, Rule, Weight};
use crate::text::{Text, Texts};
use crate::truth::Truth;

/// The actions that hand out secrets.
const READS: &[&str] = &[
    "ssm:GetParameter",
    "ssm:GetParameters",
    "ssm:GetParametersByPath",
    "ssm:GetParameterHistory",
    "secretsmanager:GetSecretValue",
    "kms:Decrypt",
];

/// The rules on a document of an identity: SSM-03, SSM-04, IAM-01, IAM-02. `production` makes some of them block.
pub fn judge_identity(document: &Document, production: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    let weight = if production {
        Weight::Block
    } else {
        Weight::Warn
    };
    for (pointer, statement) in document
        .known_statements()
        .filter(|(_, one)| one.effect == Effect::Allow)
    {
        let reads = READS
            .iter()
            .filter(|action| covers(&statement.action, action) == Truth::Yes);
        let reads: Vec<&str> = reads.copied().collect();
        let everywhere = everywhere(statement);
        if covers_all(&statement.action) && everywhere {
            let fix = "Name the actions and resources that are needed.";
            findings.push(
                Finding::new(
                    Rule::Iam01,
                    Weight::Block,
                    "This allows everything on everything.",
                    fix,
                )
                .at(pointer.clone()),
            );
        } else if !reads.is_empty() && everywhere && !is_bound(statement) {
            let sentence = format!(
                "This reads every secret of the account: {} on every resource.",
                code_list(&reads)
            );
            let fix = "Name the parameters, and let the key decrypt through Parameter Store only: the replacement does both.";
            findings.push(Finding::new(Rule::Ssm03, weight, sentence, fix).at(pointer.clone()));
        } else if reads.iter().any(|read| read.starts_with("ssm:")) && every_parameter(statement) {
            let sentence = "This reads every parameter: no path limits it.";
            let fix = "Write the parameter's ARN, or the path of the application and stage: `parameter/APPLICATION/STAGE/*`.";
            findings
                .push(Finding::new(Rule::Ssm04, Weight::Warn, sentence, fix).at(pointer.clone()));
        }
        if covers(&statement.action, "iam:PassRole") == Truth::Yes
            && everywhere
            && !covers_all(&statement.action)
        {
            let sentence = "Any role can be given to a service by this, also one that may do more.";
            findings.push(
                Finding::new(
                    Rule::Iam02,
                    Weight::Block,
                    sentence,
                    "Name the roles that may be passed.",
                )
                .at(pointer),
            );
        }
    }
    findings
}

/// The rule on a role's trust policy: IAM-03.
pub fn judge_trust(document: &Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (pointer, statement) in document.known_statements() {
        let fix = "Name the accounts, roles or services that may assume it.";
        let finding = Finding::new(
            Rule::Iam03,
            Weight::Block,
            "Anybody, in every account, can assume this role.",
            fix,
        );
        match open_to_all(statement) {
            Truth::Yes => findings.push(finding.at(pointer)),
            Truth::Unknown => findings.push(finding.at(pointer).unknown()),
            Truth::No => {}
        }
    }
    findings
}

/// A document in which least statements stand for broad ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// The document.
    pub document: Document,
    /// The actions that were taken out.
    pub taken: Vec<String>,
}

/// Takes the broad reading of parameters out of a document and puts least statements in. What it allows beside that
/// stays; `*` is no reading of parameters and stays too, and is told by its own finding.
///
/// # Errors
/// When what is wanted cannot be said.
pub fn replace_broad(document: &Document, wanted: &[Wanted]) -> Result<Replaced, LeastProblem> {
    let mut made = document.clone();
    let mut taken = Vec::new();
    made.statements = Vec::new();
    for entry in &document.statements {
        let Entry::Statement(statement) = entry else {
            made.statements.push(entry.clone());
            continue;
        };
        let broad = statement.effect == Effect::Allow
            && !statement.action.negated
            && (everywhere(statement) || every_parameter(statement))
            && !is_bound(statement);
        let (out, stay): (Vec<Text>, Vec<Text>) = statement
            .action
            .texts
            .items
            .iter()
            .cloned()
            .partition(|text| broad && is_reading(text));
        taken.extend(out.iter().map(Text::in_words));
        if out.is_empty() {
            made.statements.push(entry.clone());
        } else if !stay.is_empty() {
            let mut less = statement.as_ref().clone();
            less.action.texts = Texts::of(stay);
            made.statements.push(less.into());
        }
    }
    made.statements
        .extend(least_statements(wanted)?.into_iter().map(Entry::from));
    made.bare = made.bare && made.statements.len() == 1;
    Ok(Replaced {
        document: made,
        taken,
    })
}

fn is_reading(text: &Text) -> bool {
    let reads = READS
        .iter()
        .filter(|action| !action.starts_with("secretsmanager:"));
    *text != Text::from("*")
        && reads
            .into_iter()
            .any(|action| fits(text, action) == Truth::Yes)
}

fn fits(text: &Text, action: &str) -> Truth {
    let reading = Reading {
        variables: None,
        wildcards: true,
    };
    Pattern::of(text, reading).fits_any_case(action)
}

fn covers(part: &Part, action: &str) -> Truth {
    let any = Truth::any(part.texts.items.iter().map(|text| fits(text, action)));
    if part.negated { any.negated() } else { any }
}

fn covers_all(part: &Part) -> bool {
    !part.negated
        && part.texts.items.iter().any(|text| {
            text.known()
                .is_some_and(|text| matches!(text.as_ref(), "*" | "*:*"))
        })
}

/// Whether a statement speaks of every resource: `*`, ARNs of nothing but wildcards, all but a few.
fn everywhere(statement: &Statement) -> bool {
    statement.resource.as_ref().is_some_and(|part| {
        part.negated
            || known(&part.texts)
                .any(|text| text == "*" || last(&text).chars().all(|letter| letter == '*'))
    })
}

/// Whether a statement speaks of every parameter, or of those of which only the beginning of a first name is given.
fn every_parameter(statement: &Statement) -> bool {
    statement.resource.as_ref().is_some_and(|part| {
        known(&part.texts).any(|text| {
            let name = last(&text)
                .strip_prefix("parameter")
                .map(|name| name.trim_start_matches('/').to_owned());
            name.is_some_and(|name| name.starts_with('*'))
        })
    })
}

/// Whether a condition says through what, or for what, it is allowed.
fn is_bound(statement: &Statement) -> bool {
    let crate::policy::Condition::All(tests) = &statement.condition else {
        return true;
    };
    tests.iter().flat_map(|test| &test.keys).any(|(key, _)| {
        let key = key.to_ascii_lowercase();
        key == "kms:viaservice"
            || key.starts_with("kms:encryptioncontext:")
            || key.starts_with("aws:resourcetag/")
            || key.starts_with("ssm:resourcetag/")
    })
}

fn known(texts: &Texts) -> impl Iterator<Item = String> {
    texts
        .items
        .iter()
        .filter_map(|text| text.known().map(|text| text.into_owned()))
}

/// What follows the fifth colon, or all of it.
fn last(text: &str) -> &str {
    text.splitn(6, ':').nth(5).unwrap_or(text)
}

fn code_list(actions: &[&str]) -> String {
    let quoted: Vec<String> = actions.iter().map(|action| format!("`{action}`")).collect();
    crate::names::list(&quoted)
}
