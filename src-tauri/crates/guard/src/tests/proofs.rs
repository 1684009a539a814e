//! The lock-out proof, and what a change of a key's policy changes for whom.

use serde_json::json;

use super::keys::standard;
use super::{ACCOUNT, KEY, named, read, role, user, who};
use crate::{
    Document, Judgement, KeyCase, KeyPolicy, KeySettings, KeyUse, KeyUser, Kind, Layer, Person,
    Power, Principal, Proof, Rule, Verdict, Weight, changes, judge_settings, prove,
};

fn people() -> Vec<Person> {
    let all = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]});
    vec![
        Person::with(user("Ana"), Vec::new()),
        Person::with(
            role("Deployer"),
            vec![named("AdministratorAccess", Kind::Identity, &all)],
        ),
        Person::with(user("Ben"), Vec::new()),
        Person::with(role("get-secret"), Vec::new()),
    ]
}

fn case<'a>(policy: &'a Document, caller: &'a Principal, people: &'a [Person]) -> KeyCase<'a> {
    KeyCase {
        key: KEY,
        policy,
        key_use: KeyUse::Symmetric,
        caller,
        people,
        everybody: true,
        service_control: Layer::Absent,
        resource_control: Layer::Absent,
        grants: Layer::Absent,
    }
}

fn told(proof: &Proof) -> Vec<(Rule, Weight, Judgement)> {
    proof
        .findings
        .iter()
        .map(|finding| (finding.rule, finding.weight, finding.judgement))
        .collect()
}

#[test]
fn a_policy_that_somebody_living_can_change_passes() {
    let (document, ana, people) = (standard().to_document(), user("Ana"), people());
    let proof = prove(&case(&document, &ana, &people), &[]);
    assert_eq!((proof.judgement, told(&proof)), (Judgement::Pass, vec![]));
    let root = "arn:aws:iam::111122223333:root";
    assert_eq!(
        proof.who(&Power::Administer),
        [root, ana.arn(), role("Deployer").arn()]
    );
    assert_eq!(
        proof.who(&Power::Use("kms:Decrypt")),
        [root, role("Deployer").arn(), user("Ben").arn()]
    );
    let through = Power::UseThrough("kms:Decrypt", "ssm.eu-central-1.amazonaws.com".to_owned());
    assert!(proof.who(&through).contains(&role("get-secret").arn()));
    assert_eq!(
        proof.recovery,
        [
            "The root user of the account 111122223333, Ana and the role Deployer can change the policy."
        ]
    );
    // A session of a role is judged by the role's policies.
    let session = who("arn:aws:sts::111122223333:assumed-role/Deployer/one");
    assert_eq!(
        prove(&case(&document, &session, &people), &[]).judgement,
        Judgement::Pass
    );
}

#[test]
fn a_policy_without_a_living_administrator_is_refused() {
    let (ana, people) = (user("Ana"), people());
    let mut policy = standard();
    policy.root = false;
    policy.administrators = vec![user("Gone").arn().to_owned()];
    let document = policy.to_document();
    let proof = prove(&case(&document, &ana, &people), &[]);
    assert_eq!(proof.judgement, Judgement::Fail);
    let sentences: Vec<&str> = proof
        .findings
        .iter()
        .map(|finding| finding.sentence.as_str())
        .collect();
    assert_eq!(
        sentences,
        [
            "Nobody who exists could change this policy: the key could never be managed again.",
            "The policy names Gone, who does not exist; AWS refuses such a policy.",
            "You (Ana) could not change this policy again.",
        ]
    );
    assert_eq!(proof.findings[1].pointer.as_deref(), Some("/Statement/0"));
    assert_eq!(
        proof.recovery,
        ["Only AWS's support could give the key back, and only to the account's owner."]
    );

    // Whether they exist, nobody knows: that is no pass.
    let open = KeyCase {
        everybody: false,
        ..case(&document, &ana, &people)
    };
    let proof = prove(&open, &[]);
    assert_eq!(
        told(&proof)[0],
        (Rule::Kms01, Weight::Block, Judgement::Unknown)
    );
    assert_eq!(
        proof.judgement,
        Judgement::Fail,
        "the caller is locked out either way"
    );
}

#[test]
fn what_would_lock_out_or_let_in_too_many_is_refused() {
    let (ana, people) = (user("Ana"), people());
    let judge = |change: &dyn Fn(&mut KeyPolicy)| {
        let mut policy = standard();
        change(&mut policy);
        let document = policy.to_document();
        told(&prove(&case(&document, &ana, &people), &[]))
    };
    assert_eq!(
        judge(&|policy| policy.root = false),
        [(Rule::Kms03, Weight::Warn, Judgement::Fail)]
    );
    assert_eq!(
        judge(&|policy| policy.administrators = vec![role("Deployer").arn().to_owned()]),
        [(Rule::Kms01, Weight::Block, Judgement::Fail)]
    );
    let both = judge(&|policy| policy.add_user(KeyUser::directly(user("Ana").arn())));
    assert_eq!(both, [(Rule::Kms05, Weight::Consent, Judgement::Fail)]);
    let through = judge(&|policy| {
        policy.add_user(KeyUser::through(
            user("Ana").arn(),
            "ssm.eu-central-1.amazonaws.com",
        ))
    });
    assert_eq!(through, [(Rule::Kms05, Weight::Consent, Judgement::Fail)]);
    let mut policy = standard();
    policy.add_user(KeyUser::directly(user("Ana").arn()));
    let document = policy.to_document();
    let agreed = prove(
        &case(&document, &ana, &people),
        &[user("Ana").arn().to_owned()],
    );
    assert_eq!((agreed.judgement, told(&agreed)), (Judgement::Pass, vec![]));
}

#[test]
fn everybody_is_refused_unless_a_condition_narrows_it() {
    let (ana, people) = (user("Ana"), people());
    let table = [
        (json!({}), Some(Judgement::Fail)),
        (
            json!({"StringEquals": {"kms:CallerAccount": ACCOUNT}}),
            None,
        ),
        (
            json!({"StringEqualsIfExists": {"kms:CallerAccount": ACCOUNT}}),
            Some(Judgement::Unknown),
        ),
        (
            json!({"StringNotEquals": {"kms:CallerAccount": ACCOUNT}}),
            Some(Judgement::Unknown),
        ),
        (json!({"Fn::If": ["A", {}, {}]}), Some(Judgement::Unknown)),
    ];
    for (condition, judgement) in table {
        for principal in [json!("*"), json!({"AWS": ["*"]})] {
            let mut value = standard().to_document().to_value();
            let statement = json!({"Effect": "Allow", "Principal": principal, "Action": "kms:Decrypt", "Resource": "*", "Condition": condition});
            value["Statement"]
                .as_array_mut()
                .expect("a list")
                .push(statement);
            let document = read(Kind::Key, &value);
            let proof = prove(&case(&document, &ana, &people), &[]);
            let found = proof
                .findings
                .iter()
                .find(|finding| finding.rule == Rule::Kms04);
            assert_eq!(
                found.map(|finding| finding.judgement),
                judgement,
                "{condition}"
            );
            assert_eq!(proof.judgement, judgement.unwrap_or(Judgement::Pass));
            assert!(found.is_none_or(|finding| finding.pointer.as_deref() == Some("/Statement/5")));
        }
    }
}

#[test]
fn a_change_tells_who_gains_and_who_loses() {
    let (ana, people) = (user("Ana"), people());
    let (before, mut after) = (standard(), standard());
    after.administrators.retain(|arn| arn != ana.arn());
    after
        .users
        .push(KeyUser::directly(role("get-secret").arn()));
    let (before, after) = (before.to_document(), after.to_document());
    let told: Vec<String> = changes(&case(&before, &ana, &people), &case(&after, &ana, &people))
        .iter()
        .map(|change| {
            format!(
                "{} {:?} -> {:?}: {}",
                change.principal, change.before, change.after, change.power
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "arn:aws:iam::111122223333:user/Ana Allow -> Deny: change its policy",
            "arn:aws:iam::111122223333:user/Ana Allow -> Deny: delete it",
            "arn:aws:iam::111122223333:user/Ana Allow -> Deny: let others use it by grants",
            "arn:aws:iam::111122223333:role/get-secret Deny -> Allow: kms:Decrypt",
            "arn:aws:iam::111122223333:role/get-secret Deny -> Allow: kms:Encrypt",
            "arn:aws:iam::111122223333:role/get-secret Deny -> Allow: kms:GenerateDataKey",
        ]
    );
    assert_eq!(
        changes(&case(&before, &ana, &people), &case(&before, &ana, &people)),
        []
    );
}

#[test]
fn administrators_whose_own_policies_are_not_known_prove_nothing() {
    let ana = user("Ana");
    let mut policy = standard();
    policy.root = false;
    let document = policy.to_document();
    let unread: Vec<Person> = people()
        .into_iter()
        .map(|person| Person::unread(person.principal))
        .collect();
    let proof = prove(&case(&document, &ana, &unread), &[]);
    assert_eq!(proof.judgement, Judgement::Unknown);
    assert_eq!(proof.caller.verdict(&Power::Administer), Verdict::Unknown);
    assert_eq!(
        proof.recovery[0],
        "Perhaps Ana and the role Deployer can change the policy; that is not known."
    );
}

#[test]
fn settings_of_a_key_are_judged_too() {
    let judge = |settings| {
        judge_settings(&settings)
            .iter()
            .map(|finding| (finding.rule, finding.weight))
            .collect::<Vec<_>>()
    };
    assert_eq!(judge(KeySettings::default()), []);
    assert_eq!(
        judge(KeySettings {
            rotated: Some(true),
            deleted_in: Some(30),
            ..KeySettings::default()
        }),
        []
    );
    let bad = KeySettings {
        bypasses_check: true,
        rotated: Some(false),
        deleted_in: Some(7),
        ..KeySettings::default()
    };
    assert_eq!(
        judge(bad),
        [
            (Rule::Kms02, Weight::Block),
            (Rule::Kms06, Weight::Warn),
            (Rule::Kms07, Weight::Warn)
        ]
    );
    assert_eq!(
        judge(KeySettings {
            production: true,
            deleted_in: Some(29),
            ..KeySettings::default()
        }),
        [(Rule::Kms07, Weight::Block)]
    );
    assert_eq!(
        judge(KeySettings {
            key_use: KeyUse::Sign,
            rotated: Some(false),
            ..KeySettings::default()
        }),
        []
    );
    assert_eq!(
        judge(KeySettings {
            imported: true,
            rotated: Some(false),
            ..KeySettings::default()
        }),
        []
    );
}
