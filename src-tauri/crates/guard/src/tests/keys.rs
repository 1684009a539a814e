//! Key policies: made, read back, told in words.

use serde_json::{Value, json};

use super::{ACCOUNT, KEY, read, role, user};
use crate::{Document, KeyPolicy, KeyUse, KeyUser, Kind, Names, in_words, key_in_words};

pub(crate) fn standard() -> KeyPolicy {
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
