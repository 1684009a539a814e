//! Key policies: made, read back, told in words, proved.

use serde_json::{Value, json};

use super::{ACCOUNT, KEY, named, read, role, user, who};
use crate::{
    Document, Judgement, KeyCase, KeyPolicy, KeySettings, KeyUse, KeyUser, Kind, Layer, Names,
    Person, Power, Principal, Proof, Rule, Verdict, Weight, changes, in_words, judge_settings,
    key_in_words, prove,
};

fn standard() -> KeyPolicy {
    let mut policy = KeyPolicy::new("aws", ACCOUNT, KeyUse::Symmetric);
    policy.administrators = vec![
        user("Ana").arn().to_owned(),
        role("Deployer").arn().to_owned(),
    ];
    let via = policy.via("ssm", "eu-central-1");
    policy.add_user(KeyUser::directly(user("Ben").arn()));
    policy.add_user(KeyUser::through(role("get-secret").arn(), via));
    policy
}

#[test]
fn the_made_policy_is_the_consoles() {
    let made = standard().to_document();
    let wanted = json!({
        "Version": "2012-10-17",
        "Id": "key-consolepolicy-3",
        "Statement": [
            {"Sid": "Enable IAM User Permissions", "Effect": "Allow",
             "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*", "Resource": "*"},
            {"Sid": "Allow access for Key Administrators", "Effect": "Allow",
             "Principal": {"AWS": ["arn:aws:iam::111122223333:user/Ana", "arn:aws:iam::111122223333:role/Deployer"]},
             "Action": ["kms:Create*", "kms:Describe*", "kms:Enable*", "kms:List*", "kms:Put*", "kms:Update*", "kms:Revoke*",
                        "kms:Disable*", "kms:Get*", "kms:Delete*", "kms:TagResource", "kms:UntagResource",
                        "kms:ScheduleKeyDeletion", "kms:CancelKeyDeletion", "kms:RotateKeyOnDemand"],
             "Resource": "*"},
            {"Sid": "Allow use of the key", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/Ben"},
             "Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"], "Resource": "*"},
            {"Sid": "Allow use of the key through ssm", "Effect": "Allow",
             "Principal": {"AWS": "arn:aws:iam::111122223333:role/get-secret"},
             "Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"], "Resource": "*",
             "Condition": {"StringEquals": {"kms:ViaService": "ssm.eu-central-1.amazonaws.com"}}},
            {"Sid": "Allow attachment of persistent resources", "Effect": "Allow",
             "Principal": {"AWS": "arn:aws:iam::111122223333:user/Ben"},
             "Action": ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"], "Resource": "*",
             "Condition": {"Bool": {"kms:GrantIsForAWSResource": "true"}}},
        ],
    });
    assert_eq!(made.to_value(), wanted);
    assert_eq!(read(Kind::Key, &wanted), made);
}

#[test]
fn options_change_what_they_say() {
    let mut policy = standard();
    policy.root = false;
    policy.may_delete = false;
    policy.multi_region = true;
    policy.users = vec![KeyUser::directly("arn:aws:iam::999988887777:root")];
    policy.for_resources = Vec::new();
    policy.services = vec![policy.via("ssm", "eu-central-1")];
    let made = policy.to_document();
    let text = made.to_text();
    assert!(
        !text.contains("Enable IAM User Permissions")
            && !text.contains("kms:ScheduleKeyDeletion")
            && text.contains("kms:ReplicateKey")
    );
    let services = &made.to_value()["Statement"][2];
    assert_eq!(services["Principal"], json!({"AWS": "*"}));
    assert_eq!(
        services["Condition"],
        json!({"StringEquals": {"kms:CallerAccount": ACCOUNT, "kms:ViaService": "ssm.eu-central-1.amazonaws.com"}})
    );
    let again = KeyPolicy::read(&made, "aws", ACCOUNT);
    let parts = |policy: &KeyPolicy| {
        (
            policy.root,
            policy.may_delete,
            policy.multi_region,
            policy.users.clone(),
            policy.services.clone(),
        )
    };
    assert_eq!(parts(&again), parts(&policy));
    for key_use in KeyUse::ALL {
        let mut policy = KeyPolicy::new("aws-cn", ACCOUNT, key_use);
        policy.add_user(KeyUser::directly(user("Ben").arn()));
        let read = KeyPolicy::read(&policy.to_document(), "aws-cn", ACCOUNT);
        assert_eq!((read.key_use, read.users), (key_use, policy.users));
    }
}

/// What is no console's statement, among what is.
fn foreign() -> Value {
    json!({"Statement": [
        {"Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
        {"Sid": "admins", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/Ana"},
         "Action": ["kms:PutKeyPolicy", "kms:DescribeKey", "kms:ScheduleKeyDeletion"], "Resource": ["*"]},
        {"Action": "kms:*", "Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Resource": "*"},
        {"Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/b"]},
         "Action": "kms:Decrypt", "Resource": "*"},
        {"Effect": "Allow", "Principal": {"Service": "logs.eu-central-1.amazonaws.com"}, "Action": ["kms:Decrypt", "kms:Encrypt"], "Resource": "*",
         "Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-central-1:111122223333:*"}}},
        {"Ref": "Extra"},
    ], "Version": "2012-10-17"})
}

#[test]
fn a_foreign_policy_is_read_without_loss_and_changed_no_more_than_asked() {
    let document = read_lenient(&foreign());
    let mut policy = KeyPolicy::read(&document, "aws", ACCOUNT);
    assert_eq!(
        policy.to_document().to_value().to_string(),
        foreign().to_string()
    );
    assert_eq!(policy.administrators, [user("Ana").arn()]);
    assert!(policy.root && policy.may_delete);
    assert_eq!(
        policy
            .users
            .iter()
            .map(|user| user.arn.as_str())
            .collect::<Vec<_>>(),
        [role("a").arn(), role("b").arn()]
    );
    let rest: Vec<String> = policy
        .rest()
        .into_iter()
        .map(|(pointer, _)| pointer)
        .collect();
    assert_eq!(rest, ["/Statement/0", "/Statement/4", "/Statement/5"]);

    policy.administrators.push(user("Eve").arn().to_owned());
    policy.users.remove(0);
    policy.may_delete = false;
    let mut wanted = foreign();
    wanted["Statement"][1]["Principal"]["AWS"] = json!([user("Ana").arn(), user("Eve").arn()]);
    wanted["Statement"][1]["Action"] = json!(["kms:PutKeyPolicy", "kms:DescribeKey"]);
    wanted["Statement"][3]["Principal"]["AWS"] = json!(role("b").arn());
    assert_eq!(policy.to_document().to_value(), wanted);

    policy.users.clear();
    wanted["Statement"]
        .as_array_mut()
        .expect("a list")
        .remove(3);
    assert_eq!(policy.to_document().to_value(), wanted);
}

fn read_lenient(value: &Value) -> Document {
    Document::from_value(value, Kind::Key).expect("a policy")
}

#[test]
fn a_policy_is_told_in_words_with_what_is_not_known() {
    let mut names = Names::new();
    names.insert(
        role("get-secret").arn().to_owned(),
        "the function getSecret".to_owned(),
    );
    assert_eq!(
        key_in_words(&standard(), &names),
        [
            "Ana and the role Deployer administer it; Ben uses it; the function getSecret uses it through Parameter Store in \
          eu-central-1 only; Ben lets resources of AWS use it; the account 111122223333 may give every right to it by its own policies."
        ]
    );
    let foreign = KeyPolicy::read(&read_lenient(&foreign()), "aws", ACCOUNT);
    assert_eq!(
        key_in_words(&foreign, &names),
        [
            "Ana administers it; the role a and the role b use it; the account 111122223333 may give every right to it by its own policies.",
            "Everybody may never do everything with it, when `aws:SecureTransport` is `false`."
                .replace(
                    "when `aws:SecureTransport` is `false`",
                    "over an unencrypted connection"
                )
                .as_str(),
            "The service CloudWatch Logs in eu-central-1 may call `kms:Decrypt` and `kms:Encrypt` on it, when `kms:EncryptionContext:aws:logs:arn` is like `arn:aws:logs:eu-central-1:111122223333:*`.",
            "CloudFormation fills in a statement that is not known here: {\"Ref\":\"Extra\"}.",
        ]
    );
    let identity = read(
        Kind::Identity,
        &json!({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "ssm:GetParameter", "Resource": super::PARAMETER},
            {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": KEY, "Condition": {"StringEquals": {
                "kms:ViaService": "ssm.eu-central-1.amazonaws.com", "kms:EncryptionContext:PARAMETER_ARN": super::PARAMETER}}},
            {"Effect": "Deny", "NotAction": "iam:*", "NotResource": "*", "Condition": {
                "ForAllValues:StringNotLikeIfExists": {"a:b": ["x", "y"]}, "Null": {"aws:TokenIssueTime": "true"}, "NumericLessThan": {"n": {"Ref": "N"}}}},
        ]}),
    );
    let told: Vec<String> = in_words(&identity, "the role getSecret", &names)
        .into_iter()
        .map(|sentence| sentence.text)
        .collect();
    assert_eq!(
        told,
        [
            "The role getSecret may read the parameter /shop/prod/password.",
            "The role getSecret may decrypt with the key 1234, through Parameter Store in eu-central-1 only, for the parameter /shop/prod/password only.",
            "The role getSecret may never do everything but `iam:*` with everything but every resource, when every value of `a:b`, if it is there, is not like `x` nor `y`, when `aws:TokenIssueTime` is absent, when `n` is less than what CloudFormation fills in for {\"Ref\":\"N\"}.",
        ]
    );
}

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
