//! What holds of every policy: 24,000 random ones in all.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::random::{Asked, asked, context, document, policies, statement};
use super::{ACCOUNT, named, read};
use crate::{
    Answer, Context, Document, Effect, Entry, Held, KeyPolicy, KeyUse, KeyUser, Kind, Layer, Named,
    Policies, Request, ResourcePolicy, Statement, Text, Texts, Verdict, evaluate,
};

fn ask(asked: &Asked, policies: &Policies) -> Answer {
    let mut request = Request::new(
        &asked.principal,
        asked.action,
        asked.resource,
        &asked.context,
    );
    request.resource_account = Some(ACCOUNT);
    evaluate(&request, policies)
}

/// Adds an entry to the identity's policies, or to the resource's.
fn with(policies: &Policies, entry: Value, to_resource: bool) -> Policies {
    let mut made = policies.clone();
    let value = json!({"Version": "2012-10-17", "Statement": [entry]});
    if to_resource {
        let (ResourcePolicy::Beside(held) | ResourcePolicy::Required(held)) = &mut made.resource
        else {
            return made;
        };
        let mut document = held.document.as_ref().clone();
        document
            .statements
            .extend(read(Kind::Resource, &value).statements);
        held.document = Arc::new(document);
    } else if let Layer::Held(held) = &mut made.identity {
        held.push(named("added", Kind::Identity, &value));
    }
    made
}

fn with_effect(mut statement: Value, effect: &str) -> Value {
    statement["Effect"] = effect.into();
    statement
}

/// Every document of the identity and the resource, changed.
fn changed(policies: &Policies, change: impl Fn(&Document) -> Document) -> Policies {
    let mut made = policies.clone();
    let change = |named: &mut Named| named.document = Arc::new(change(&named.document));
    if let Layer::Held(held) = &mut made.identity {
        held.iter_mut().for_each(change);
    }
    if let ResourcePolicy::Beside(held) | ResourcePolicy::Required(held) = &mut made.resource {
        change(held);
    }
    made
}

/// Each statement by each of its actions and resources.
fn split(document: &Document) -> Document {
    let one = |text: &Text| Texts::of([text.clone()]);
    let mut made = document.clone();
    made.statements = Vec::new();
    for entry in &document.statements {
        let Entry::Statement(statement) = entry else {
            made.statements.push(entry.clone());
            continue;
        };
        let parts = |negated: bool, texts: &Texts| match negated {
            true => vec![texts.clone()],
            false => texts.items.iter().map(one).collect(),
        };
        for action in parts(statement.action.negated, &statement.action.texts) {
            let resource = statement.resource.as_ref().expect("a resource");
            for resource in parts(resource.negated, &resource.texts) {
                let mut less: Statement = statement.as_ref().clone();
                less.action.texts = action.clone();
                less.resource.as_mut().expect("a resource").texts = resource;
                made.statements.push(less.into());
            }
        }
    }
    made
}

fn reversed(document: &Document) -> Document {
    let mut made = document.clone();
    made.statements.reverse();
    for entry in &mut made.statements {
        if let Entry::Statement(statement) = entry {
            statement.action.texts.items.reverse();
            if let Some(resource) = &mut statement.resource {
                resource.texts.items.reverse();
            }
        }
    }
    made
}

/// What CloudFormation fills in, filled in.
fn filled(document: &Document, with: &str, effect: &Effect) -> Document {
    let mut made = document.clone();
    for entry in &mut made.statements {
        let Entry::Statement(statement) = entry else {
            continue;
        };
        if let Effect::Unresolved(_) = statement.effect {
            statement.effect = effect.clone();
        }
        let fill = |texts: &mut Texts| {
            for text in texts
                .items
                .iter_mut()
                .filter(|text| **text == Text::Unresolved(json!({"Ref": "X"})))
            {
                *text = with.into();
            }
        };
        fill(&mut statement.action.texts);
        statement
            .resource
            .iter_mut()
            .for_each(|part| fill(&mut part.texts));
        if let crate::Condition::All(tests) = &mut statement.condition {
            tests
                .iter_mut()
                .flat_map(|test| &mut test.keys)
                .for_each(|(_, values)| fill(values));
        }
    }
    made
}

/// The request with what was not known of it settled.
fn settled(context: &Context, by: &Context) -> Context {
    ["kms:ViaService", "aws:PrincipalTag/key", "x:List"]
        .into_iter()
        .fold(context.clone(), |made, key| {
            match (context.get(key), by.get(key)) {
                (Held::Unknown, held) => made.holding(key, held.clone()),
                _ => made,
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn an_allowance_more_never_takes_away_and_a_denial_more_never_gives(
        asked in asked(), policies in policies(), more in statement(Kind::Identity), of_resource in statement(Kind::Resource),
    ) {
        let before = ask(&asked, &policies).verdict;
        for (more, to_resource) in [(more, false), (of_resource, true)] {
            let allowed = with(&policies, with_effect(more.clone(), "Allow"), to_resource);
            prop_assert!(ask(&asked, &allowed).verdict >= before);
            let denied = with(&policies, with_effect(more, "Deny"), to_resource);
            prop_assert!(ask(&asked, &denied).verdict <= before);
        }
        let nothing = json!({"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"});
        if matches!(policies.resource, ResourcePolicy::Beside(_) | ResourcePolicy::Required(_)) {
            prop_assert_eq!(ask(&asked, &with(&policies, nothing, true)).verdict, Verdict::Deny);
        }
    }

    #[test]
    fn limits_only_take_away(asked in asked(), policies in policies(), limit in document(Kind::Boundary)) {
        let free = Policies { boundary: Layer::Absent, session: Layer::Absent, service_control: Layer::Absent, ..policies };
        let before = ask(&asked, &free).verdict;
        let limit = named("limit", Kind::Boundary, &limit);
        let limited = [
            Policies { boundary: Layer::Held(limit.clone()), ..free.clone() },
            Policies { session: Layer::Held(vec![limit.clone()]), ..free.clone() },
            Policies { service_control: Layer::Held(vec![vec![limit]]), ..free.clone() },
            Policies { boundary: Layer::NotKnown, ..free },
        ];
        for policies in limited {
            prop_assert!(ask(&asked, &policies).verdict <= before);
        }
    }

    #[test]
    fn neither_order_nor_splitting_changes_an_answer(asked in asked(), policies in policies()) {
        let before = ask(&asked, &policies);
        prop_assert_eq!(ask(&asked, &changed(&policies, reversed)).verdict, before.verdict);
        prop_assert_eq!(ask(&asked, &changed(&policies, split)).verdict, before.verdict);
        let mut turned = policies;
        if let Layer::Held(held) = &mut turned.identity {
            held.reverse();
        }
        prop_assert_eq!(ask(&asked, &turned).verdict, before.verdict);
    }

    #[test]
    fn what_is_learned_later_never_turns_an_answer_that_was_certain(
        asked in asked(), policies in policies(), by in context(), identity in document(Kind::Identity), text in prop::sample::select(vec!["*", "kms:Decrypt", "a"]), allow in any::<bool>(),
    ) {
        let before = ask(&asked, &policies).verdict;
        prop_assume!(before != Verdict::Unknown);
        let known = Asked { context: settled(&asked.context, &by), ..asked.clone() };
        prop_assert_eq!(ask(&known, &policies).verdict, before);
        let effect = if allow { Effect::Allow } else { Effect::Deny };
        prop_assert_eq!(ask(&asked, &changed(&policies, |document| filled(document, text, &effect))).verdict, before);
        if policies.identity == Layer::NotKnown {
            let looked = Policies { identity: Layer::Held(vec![named("seen", Kind::Identity, &identity)]), ..policies };
            prop_assert_eq!(ask(&asked, &looked).verdict, before);
        }
    }

    #[test]
    fn an_answer_says_why(asked in asked(), policies in policies()) {
        let answer = ask(&asked, &policies);
        let allowing = answer.reasons.iter().any(|reason| !reason.denies);
        match answer.verdict {
            Verdict::Allow => prop_assert!(allowing && answer.reasons.iter().all(|reason| !reason.denies)),
            Verdict::Deny => prop_assert!(!allowing && answer.reasons.is_empty() != answer.lacking.is_empty(), "{answer:?}"),
            Verdict::Unknown => prop_assert!(!answer.open.is_empty()),
        }
    }

    #[test]
    fn what_is_printed_is_read_again(value in document(Kind::Resource)) {
        let document = read(Kind::Resource, &value);
        prop_assert_eq!(document.to_value().to_string(), value.to_string());
        prop_assert_eq!(Document::parse(&document.to_text(), Kind::Resource), Ok(document));
    }

    #[test]
    fn a_key_policy_comes_out_as_it_was_read(value in document(Kind::Key), parts in parts(), turn in any::<prop::sample::Index>()) {
        // Statements of the console's among others, in any order.
        let mut document = read(Kind::Key, &value);
        document.statements.extend(parts.to_document().statements);
        let at = turn.index(document.statements.len());
        document.statements.rotate_left(at);
        let read_back = KeyPolicy::read(&document, "aws", ACCOUNT);
        prop_assert_eq!(read_back.to_document(), document);
    }

    #[test]
    fn the_parts_of_a_made_policy_are_read_back(parts in parts()) {
        let read_back = KeyPolicy::read(&parts.to_document(), "aws", ACCOUNT);
        let told = |policy: &KeyPolicy| {
            let mut users = policy.users.clone();
            users.sort();
            (policy.root, policy.administrators.clone(), users, policy.for_resources.clone(), policy.services.clone())
        };
        prop_assert_eq!(told(&read_back), told(&parts));
        if !parts.administrators.is_empty() {
            prop_assert_eq!((read_back.may_delete, read_back.multi_region, read_back.imported), (parts.may_delete, parts.multi_region, parts.imported));
        }
        prop_assert!(read_back.rest().is_empty());
    }
}

#[test]
fn random_requests_meet_every_verdict_often() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut counts = std::collections::BTreeMap::new();
    for _ in 0..1_000 {
        let tree = (asked(), policies())
            .new_tree(&mut runner)
            .expect("a value");
        let (asked, policies) = tree.current();
        *counts.entry(ask(&asked, &policies).verdict).or_insert(0) += 1;
    }
    assert!(
        counts.len() == 3 && counts.values().all(|count| *count > 50),
        "{counts:?}"
    );
}

fn parts() -> impl Strategy<Value = KeyPolicy> {
    let arns = || {
        let names = prop::sample::subsequence(
            vec!["user/Ana", "user/Ben", "role/Deployer", "role/x/y"],
            0..4,
        );
        names.prop_map(|names| {
            names
                .into_iter()
                .map(|name| format!("arn:aws:iam::{ACCOUNT}:{name}"))
                .collect::<Vec<_>>()
        })
    };
    let services = || {
        prop::sample::subsequence(
            vec![
                "ssm.eu-central-1.amazonaws.com",
                "s3.eu-central-1.amazonaws.com",
            ],
            0..3,
        )
    };
    let lists = (arns(), arns(), arns(), arns(), services(), services());
    (
        lists,
        any::<[bool; 4]>(),
        prop::sample::select(KeyUse::ALL.to_vec()),
    )
        .prop_map(
            |(lists, [root, may_delete, multi_region, imported], key_use)| {
                let (administrators, direct, through, for_resources, by, services) = lists;
                let owned =
                    |list: Vec<&str>| list.into_iter().map(str::to_owned).collect::<Vec<_>>();
                let by = owned(by);
                let mut policy = KeyPolicy::new("aws", ACCOUNT, key_use);
                let through = through.into_iter().map(|arn| KeyUser {
                    arn,
                    through: by.clone(),
                });
                let direct: Vec<KeyUser> = direct.into_iter().map(KeyUser::directly).collect();
                policy.users.clone_from(&direct);
                policy
                    .users
                    .extend(through.filter(|user| !direct.contains(user)));
                policy.root = root;
                policy.may_delete = may_delete;
                policy.multi_region = multi_region;
                policy.imported = imported;
                policy.administrators = administrators;
                policy.for_resources = for_resources;
                policy.services = owned(services);
                policy
            },
        )
}
