//! Names that a plan wants to give, and that are given already.
//!
//! CloudFormation itself refuses them on AWS. The local AWS takes a name twice, and what it shows then says nothing
//! about AWS: so it is looked up before anything is done there.

use pilothouse_effects::CloudProblem;
use pilothouse_model::Template;
use serde_json::{Map, Value};

use crate::{DeployProblem, Session};

/// Kinds whose name must be free in the account and Region (or, for buckets, everywhere), with the property that
/// holds it. The physical id is the name, or ends in it after a `/` or `:`.
const NAMED: &[(&str, &str)] = &[
    ("AWS::ApiGateway::ApiKey", "Name"),
    ("AWS::Cognito::UserPoolDomain", "Domain"),
    ("AWS::DynamoDB::Table", "TableName"),
    ("AWS::Events::EventBus", "Name"),
    ("AWS::Events::Rule", "Name"),
    ("AWS::IAM::ManagedPolicy", "ManagedPolicyName"),
    ("AWS::IAM::Role", "RoleName"),
    ("AWS::IAM::User", "UserName"),
    ("AWS::KMS::Alias", "AliasName"),
    ("AWS::Kinesis::Stream", "Name"),
    ("AWS::KinesisFirehose::DeliveryStream", "DeliveryStreamName"),
    ("AWS::Lambda::Function", "FunctionName"),
    ("AWS::Logs::LogGroup", "LogGroupName"),
    ("AWS::S3::Bucket", "BucketName"),
    ("AWS::SNS::Topic", "TopicName"),
    ("AWS::SQS::Queue", "QueueName"),
    ("AWS::SSM::Parameter", "Name"),
    ("AWS::Scheduler::Schedule", "Name"),
    ("AWS::SecretsManager::Secret", "Name"),
    ("AWS::StepFunctions::StateMachine", "StateMachineName"),
];

/// A name that is given already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The resource that wants it.
    pub logical_id: String,
    /// Its kind.
    pub resource_type: String,
    /// The name.
    pub name: String,
    /// The stack that has it; none when something outside every stack has it.
    pub by: Option<String>,
}

/// A name that a plan wants to give.
#[derive(Debug, PartialEq, Eq)]
struct Wanted<'a> {
    logical_id: &'a str,
    kind: &'static str,
    name: &'a str,
}

/// The names of resources that a template has and the one before had not, as far as it says them plainly.
fn wanted<'a>(before: &Map<String, Value>, template: &'a Template) -> Vec<Wanted<'a>> {
    let there = |id: &str| before.get("Resources").and_then(|all| all.get(id));
    let of_resource = |(id, resource): (&'a String, &'a Value)| {
        let written = resource.get("Type")?.as_str()?;
        let (kind, property) = NAMED.iter().find(|(kind, _)| *kind == written)?;
        let name = resource.get("Properties")?.get(property)?.as_str()?;
        there(id).is_none().then_some(Wanted {
            logical_id: id,
            kind,
            name,
        })
    };
    let resources = template.section("Resources").into_iter().flatten();
    resources.filter_map(of_resource).collect()
}

/// Whether a physical id is this name.
fn is_named(physical_id: &str, name: &str) -> bool {
    physical_id
        .strip_suffix(name)
        .is_some_and(|before| before.is_empty() || before.ends_with(['/', ':']))
}

/// Refuses to plan, on the sandbox, what would give a name that something else has.
pub(crate) async fn names_are_free(
    session: &Session,
    before: &Map<String, Value>,
    template: &Template,
) -> Result<(), DeployProblem> {
    let wanted = wanted(before, template);
    if !session.place().sandbox || wanted.is_empty() {
        return Ok(());
    }
    let mut taken = Vec::new();
    let mut holders = Vec::new();
    for stack in session.cloud().stacks.names().await? {
        for want in held(session, &stack, &wanted).await? {
            holders.push(want.logical_id);
            // What a failed first deploy of the stack itself left is deleted first.
            if stack != session.stack() {
                taken.push(of(want, Some(&stack)));
            }
        }
    }
    for want in &wanted {
        if !holders.contains(&want.logical_id) && stands_alone(session, want).await? {
            taken.push(of(want, None));
        }
    }
    if taken.is_empty() {
        Ok(())
    } else {
        Err(DeployProblem::NamesTaken(taken))
    }
}

/// Which of the names a stack has given.
async fn held<'a>(
    session: &Session,
    stack: &str,
    wanted: &'a [Wanted<'a>],
) -> Result<Vec<&'a Wanted<'a>>, DeployProblem> {
    let resources = match session.cloud().stacks.resources(stack).await {
        Err(CloudProblem::NotFound { .. }) => return Ok(Vec::new()),
        other => other?,
    };
    let is_held = |want: &&Wanted<'_>| {
        resources.iter().any(|resource| {
            let id = resource.physical_id.as_deref().unwrap_or_default();
            resource.kind == want.kind
                && resource.status != "DELETE_COMPLETE"
                && is_named(id, want.name)
        })
    };
    Ok(wanted.iter().filter(is_held).collect())
}

fn of(want: &Wanted<'_>, by: Option<&str>) -> Taken {
    Taken {
        logical_id: want.logical_id.to_owned(),
        resource_type: want.kind.to_owned(),
        name: want.name.to_owned(),
        by: by.map(str::to_owned),
    }
}

/// Whether a function or a bucket of that name exists, whoever made it.
async fn stands_alone(session: &Session, want: &Wanted<'_>) -> Result<bool, DeployProblem> {
    match want.kind {
        "AWS::Lambda::Function" => {
            let code = session.cloud().functions.code(want.name).await?;
            Ok(code.is_some())
        }
        "AWS::S3::Bucket" => exists(session, want.name).await,
        _ => Ok(false),
    }
}

/// Whether a bucket exists. One of somebody else exists as well.
async fn exists(session: &Session, bucket: &str) -> Result<bool, DeployProblem> {
    // Nothing can lie under this prefix, so the answer is short.
    let prefix = "pilothouse/is-it-there/";
    let objects = &session.cloud().objects;
    match objects.list(bucket, session.account(), prefix).await {
        Ok(_) | Err(CloudProblem::Denied { .. }) => Ok(true),
        Err(CloudProblem::NotFound { .. }) => Ok(false),
        Err(problem) => Err(problem.into()),
    }
}

/// Makes sure that the bucket is there which the service names for its releases.
pub(crate) async fn bucket_is_there(session: &Session, bucket: &str) -> Result<(), DeployProblem> {
    if exists(session, bucket).await? {
        return Ok(());
    }
    Err(DeployProblem::BucketMissing {
        bucket: bucket.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_name_is_the_whole_id_or_its_last_part() {
        assert!(is_named("orders", "orders"));
        assert!(is_named("http://localhost/0000/orders", "orders"));
        assert!(is_named("arn:aws:sns:us-east-1:0000:orders", "orders"));
        assert!(!is_named("new-orders", "orders"));
        assert!(!is_named("orders-2", "orders"));
    }

    #[test]
    fn only_plain_names_of_what_is_added_are_looked_up() {
        let Value::Object(map) = json!({"Resources": {
            "Orders": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "orders"}},
            "Old": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "old"}},
            "Made": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Fn::Sub": "x"}}},
            "Free": {"Type": "AWS::SQS::Queue"},
            "Unknown": {"Type": "AWS::Other::Kind", "Properties": {"Name": "orders"}}
        }}) else {
            unreachable!("an object")
        };
        let template = Template(map);
        let Value::Object(before) = json!({"Resources": {"Old": {"Type": "AWS::SQS::Queue"}}})
        else {
            unreachable!("an object")
        };
        let found = wanted(&before, &template);
        assert_eq!(
            found,
            [Wanted {
                logical_id: "Orders",
                kind: "AWS::SQS::Queue",
                name: "orders"
            }]
        );
    }
}
