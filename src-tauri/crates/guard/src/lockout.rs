//! The proof that a key policy locks nobody out, or why it cannot be given.

use crate::answer::{Source, Verdict};
use crate::condition::{Comparison, Operator};
use crate::context::Context;
use crate::findings::{Asked, Found};
use crate::names::{self, Names};
use crate::policies::Named;
use crate::policy::{Condition, Document, Effect, Entry, PrincipalKind, Principals, Statement};
use crate::powers::{KeyCase, Power, Powers, named_in};
use crate::principal::{Principal, PrincipalType};
use crate::rules::{Finding, Judgement, Rule, Weight};
use crate::truth::Truth;

/// What can be said of a key policy before it is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// `Pass` only when nothing is refused and nothing that could be is unknown.
    pub judgement: Judgement,
    /// What everybody can do, the root user first.
    pub powers: Vec<Powers>,
    /// What the caller can do.
    pub caller: Powers,
    /// Who could set things right, as sentences; the last resort is AWS's support.
    pub recovery: Vec<String>,
    /// What the rules found.
    pub findings: Vec<Finding>,
}

impl Proof {
    /// Who has a power for certain.
    pub fn who(&self, power: &Power) -> Vec<&str> {
        let having = self
            .powers
            .iter()
            .filter(|powers| powers.verdict(power) == Verdict::Allow);
        having.map(|powers| powers.principal.arn()).collect()
    }
}

/// Proves a policy. `both` names whom the user agreed to have administer and use the key at once.
pub fn prove(case: &KeyCase<'_>, both: &[String]) -> Proof {
    let powers = case.powers();
    let caller = case.caller_powers();
    let mut findings = Vec::new();
    administrators(case, &powers, &mut findings);
    gone(case, &mut findings);
    again(&caller, &mut findings);
    everybody(case.policy, &mut findings);
    in_both_roles(case, both, &mut findings);
    let judgement = findings
        .iter()
        .map(Finding::stands_for)
        .max()
        .unwrap_or(Judgement::Pass);
    Proof {
        judgement,
        recovery: recovery(case, &powers),
        powers,
        caller,
        findings,
    }
}

/// KMS-01, KMS-03: somebody who lives can change the policy, and the root user is one of them.
fn administrators(case: &KeyCase<'_>, powers: &[Powers], findings: &mut Vec<Finding>) {
    // Of those who may not exist, nothing is certain.
    let may = |powers: &Powers| match powers.verdict(&Power::Administer) {
        Verdict::Allow if !powers.lives => Verdict::Unknown,
        verdict => verdict,
    };
    let (roots, people): (Vec<&Powers>, Vec<&Powers>) = powers.iter().partition(|one| {
        one.principal.kind() == PrincipalType::Root && Some(&one.principal) == case.root().as_ref()
    });
    let root = roots.into_iter().map(may).max().unwrap_or(Verdict::Deny);
    let best = people
        .iter()
        .map(|one| may(one))
        .max()
        .unwrap_or(Verdict::Deny);
    let statement = "Add a user or role that exists as administrator, or the statement that lets the account's own policies decide.";
    match root.max(best) {
        Verdict::Allow => {}
        Verdict::Deny => findings.push(Finding::new(
            Rule::Kms01,
            Weight::Block,
            "Nobody who exists could change this policy: the key could never be managed again.",
            statement,
        )),
        Verdict::Unknown => {
            let possible: Vec<_> = powers
                .iter()
                .filter(|one| may(one) == Verdict::Unknown)
                .collect();
            let who: Vec<String> = possible
                .iter()
                .map(|one| names::principal(one.principal.arn(), &Names::new()))
                .collect();
            let sentence = format!(
                "Whether anybody could change this policy is not known: it may be {}.",
                names::list(&who)
            );
            findings.push(Finding::new(Rule::Kms01, Weight::Block, sentence, statement).unknown());
        }
    }
    if root == Verdict::Deny && best > Verdict::Deny {
        findings.push(Finding::new(
            Rule::Kms03,
            Weight::Warn,
            "The account's root has no part in this key: when its administrators are deleted, nobody can manage it.",
            "Add the statement \"Enable IAM User Permissions\" for the account's root.",
        ));
    }
}

/// KMS-01: who is named exists, as far as everybody is known.
fn gone(case: &KeyCase<'_>, findings: &mut Vec<Finding>) {
    for gone in case.gone() {
        let called = names::principal(gone.arn(), &Names::new());
        let sentence =
            format!("The policy names {called}, who does not exist; AWS refuses such a policy.");
        let finding = Finding::new(
            Rule::Kms01,
            Weight::Block,
            sentence,
            "Take them out, or name who exists.",
        );
        findings.push(match naming(case.policy, gone.arn()) {
            Some(pointer) => finding.at(pointer),
            None => finding,
        });
    }
}

/// KMS-01: who sets the policy can set it again.
fn again(caller: &Powers, findings: &mut Vec<Finding>) {
    let called = names::principal(caller.principal.arn(), &Names::new());
    let fix = "Add yourself to the administrators, or keep the statement of the account's root.";
    match caller.verdict(&Power::Administer) {
        Verdict::Allow => {}
        Verdict::Deny => findings.push(Finding::new(
            Rule::Kms01,
            Weight::Block,
            format!("You ({called}) could not change this policy again."),
            fix,
        )),
        Verdict::Unknown => {
            let open = caller
                .answers
                .get(&Power::Administer)
                .map(|answer| answer.open.join(", and on "))
                .unwrap_or_default();
            let sentence = format!(
                "Whether you ({called}) could change this policy again is not known: it depends on {open}."
            );
            findings.push(Finding::new(Rule::Kms01, Weight::Block, sentence, fix).unknown());
        }
    }
}

/// KMS-04: everybody, without a condition.
fn everybody(policy: &Document, findings: &mut Vec<Finding>) {
    for (at, entry) in policy.statements.iter().enumerate() {
        let fix = "Name the users and roles, or add a condition on `kms:CallerAccount`.";
        let sentence = "Everybody, in every account, is allowed by this statement.";
        let found = Finding::new(Rule::Kms04, Weight::Block, sentence, fix).at(policy.pointer(at));
        match entry {
            Entry::Statement(statement) => match open_to_all(statement) {
                Truth::Yes => findings.push(found),
                Truth::Unknown => findings.push(found.unknown()),
                Truth::No => {}
            },
            Entry::Unresolved(_) => findings.push(found.unknown()),
        }
    }
}

pub(crate) fn open_to_all(statement: &Statement) -> Truth {
    let allows = match statement.effect {
        Effect::Allow => Truth::Yes,
        Effect::Deny => Truth::No,
        Effect::Unresolved(_) => Truth::Unknown,
    };
    let everybody = statement
        .principal
        .as_ref()
        .map_or(Truth::No, |part| match &part.principals {
            _ if part.negated => Truth::Yes,
            Principals::Everyone => Truth::Yes,
            Principals::Unresolved(_) => Truth::Unknown,
            Principals::Named(kinds) => Truth::any(
                kinds
                    .iter()
                    .filter(|(kind, _)| *kind == PrincipalKind::Aws)
                    .flat_map(|(_, texts)| {
                        // What CloudFormation fills in for one principal is hardly `*`, and is told by KMS-01 where it matters.
                        texts
                            .items
                            .iter()
                            .map(|text| Truth::from(text.known().is_some_and(|text| text == "*")))
                    }),
            ),
        });
    let free = match &statement.condition {
        Condition::Unresolved(_) => Truth::Unknown,
        Condition::All(_) if statement.condition.is_none() => Truth::Yes,
        Condition::All(tests)
            if tests
                .iter()
                .any(|test| restricts(test.operator) && !test.keys.is_empty()) =>
        {
            Truth::No
        }
        Condition::All(_) => Truth::Unknown,
    };
    Truth::all([allows, everybody, free])
}

/// Whether an operator asks for something: one that is true of a request without the key does not.
fn restricts(operator: Operator) -> bool {
    let all_of_none = operator.set == Some(crate::condition::Set::ForAllValues);
    let null = operator.comparison == Comparison::Null;
    null || !(operator.if_exists || all_of_none || operator.is_negated())
}

/// KMS-05: administrators and users are two roles.
fn in_both_roles(case: &KeyCase<'_>, both: &[String], findings: &mut Vec<Finding>) {
    let root = case.root();
    for who in named_in(case.policy) {
        if Some(&who) == root.as_ref() || both.iter().any(|agreed| agreed == who.arn()) {
            continue;
        }
        let administers = ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"];
        let administers = Truth::any(administers.iter().map(|action| itself(case, &who, action)));
        let uses = [
            "kms:Decrypt",
            "kms:Sign",
            "kms:GenerateMac",
            "kms:DeriveSharedSecret",
        ];
        let uses = Truth::any(uses.iter().map(|action| itself(case, &who, action)));
        let called = names::principal(who.arn(), &Names::new());
        let sentence = format!("{} both administers the key and uses it.", capital(&called));
        let fix = "Choose one of the two for them, or agree that this one may be both.";
        let finding = Finding::new(Rule::Kms05, Weight::Consent, sentence, fix);
        let finding = match naming(case.policy, who.arn()) {
            Some(pointer) => finding.at(pointer),
            None => finding,
        };
        match administers.and(uses) {
            Truth::Yes => findings.push(finding),
            Truth::Unknown => findings.push(finding.unknown()),
            Truth::No => {}
        }
    }
}

/// Whether the policy itself allows somebody by name, rather than leaving it to the account.
fn itself(case: &KeyCase<'_>, who: &Principal, action: &str) -> Truth {
    let account = crate::arn::Arn::of(case.key).map(|arn| arn.account);
    let asked = Asked {
        bounded: Truth::No,
        principal: who,
        action,
        resource: case.key,
        context: Context::open().completed(who, action, account),
    };
    let named = Named::new("the key policy", case.policy.clone());
    let found = Found::in_documents(&asked, Source::Resource, [&named]);
    let ways = found.named();
    // A condition on the request decides when, not whether, somebody has the role.
    let own = Truth::any([ways.direct, ways.role, ways.session]);
    let sometimes = found
        .allowing
        .iter()
        .any(|one| Truth::any([one.named.direct, one.named.role, one.named.session]) == Truth::Yes);
    let allowed = if sometimes { own.or(Truth::Yes) } else { own };
    allowed.and(found.denies().negated().or(Truth::Unknown))
}

/// Who could set things right.
fn recovery(case: &KeyCase<'_>, powers: &[Powers]) -> Vec<String> {
    let called = |powers: &Powers| {
        if Some(&powers.principal) == case.root().as_ref() {
            format!(
                "the root user of the account {}",
                powers.principal.account().unwrap_or_default()
            )
        } else {
            names::principal(powers.principal.arn(), &Names::new())
        }
    };
    let of = |verdict: Verdict| {
        powers
            .iter()
            .filter(move |one| one.verdict(&Power::Administer) == verdict)
            .map(called)
            .collect::<Vec<_>>()
    };
    let (certain, possible) = (of(Verdict::Allow), of(Verdict::Unknown));
    let mut sentences = Vec::new();
    if !certain.is_empty() {
        sentences.push(format!(
            "{} can change the policy.",
            capital(&names::list(&certain))
        ));
    }
    if !possible.is_empty() {
        sentences.push(format!(
            "Perhaps {} can change the policy; that is not known.",
            names::list(&possible)
        ));
    }
    if certain.is_empty() {
        sentences.push(
            "Only AWS's support could give the key back, and only to the account's owner."
                .to_owned(),
        );
    }
    sentences
}

/// The statement that names somebody.
fn naming(policy: &Document, arn: &str) -> Option<String> {
    let mut statements = policy.known_statements();
    let found = statements.find(|(_, statement)| {
        statement
            .principal
            .as_ref()
            .is_some_and(|part| match &part.principals {
                Principals::Named(kinds) => kinds.iter().any(|(_, texts)| texts.holds(arn)),
                Principals::Everyone | Principals::Unresolved(_) => false,
            })
    });
    found.map(|(pointer, _)| pointer)
}

/// With a capital letter, as a sentence begins.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
