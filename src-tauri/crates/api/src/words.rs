//! AWS's types in words that people read.

/// Types whose words are not what their names spell.
const NAMES: &[(&str, &str)] = &[
    ("AWS::ApiGateway::Account", "API Gateway account setting"),
    ("AWS::ApiGateway::ApiKey", "API key"),
    ("AWS::ApiGateway::Authorizer", "API authorizer"),
    ("AWS::ApiGateway::Deployment", "API deployment"),
    ("AWS::ApiGateway::Method", "API method"),
    ("AWS::ApiGateway::Model", "API model"),
    ("AWS::ApiGateway::RequestValidator", "API request validator"),
    ("AWS::ApiGateway::Resource", "API path"),
    ("AWS::ApiGateway::RestApi", "REST API"),
    ("AWS::ApiGateway::Stage", "API stage"),
    ("AWS::ApiGateway::UsagePlan", "API usage plan"),
    ("AWS::ApiGateway::UsagePlanKey", "API key's usage plan"),
    ("AWS::ApiGatewayV2::Api", "HTTP API"),
    ("AWS::ApiGatewayV2::Integration", "HTTP API integration"),
    ("AWS::ApiGatewayV2::Route", "HTTP API route"),
    ("AWS::ApiGatewayV2::Stage", "HTTP API stage"),
    ("AWS::CloudFormation::Stack", "Stack"),
    ("AWS::DynamoDB::Table", "DynamoDB table"),
    ("AWS::Events::Rule", "EventBridge rule"),
    ("AWS::IAM::Policy", "IAM policy"),
    ("AWS::IAM::Role", "IAM role"),
    ("AWS::KMS::Alias", "KMS alias"),
    ("AWS::KMS::Key", "KMS key"),
    ("AWS::Lambda::Function", "Lambda function"),
    ("AWS::Lambda::LayerVersion", "Lambda layer version"),
    ("AWS::Lambda::Permission", "Permission to call"),
    ("AWS::Lambda::Version", "Function version"),
    ("AWS::Logs::LogGroup", "Log group"),
    ("AWS::RDS::DBInstance", "RDS database"),
    ("AWS::S3::Bucket", "S3 bucket"),
    ("AWS::S3::BucketPolicy", "S3 bucket policy"),
    ("AWS::S3::Object", "files of a bucket"),
    ("AWS::SNS::Topic", "SNS topic"),
    ("AWS::SQS::Queue", "SQS queue"),
    ("AWS::SSM::Parameter", "SSM parameter"),
    ("AWS::Scheduler::Schedule", "Schedule"),
];

/// Types with data or addresses that are lost when the resource is deleted.
const HOLDS_DATA: &[&str] = &[
    "AWS::Cognito::UserPool",
    "AWS::DynamoDB::GlobalTable",
    "AWS::DynamoDB::Table",
    "AWS::EFS::FileSystem",
    "AWS::EC2::EIP",
    "AWS::KMS::Key",
    "AWS::Kinesis::Stream",
    "AWS::Logs::LogGroup",
    "AWS::RDS::DBCluster",
    "AWS::RDS::DBInstance",
    "AWS::S3::Bucket",
    "AWS::SQS::Queue",
    "AWS::SSM::Parameter",
    "AWS::SecretsManager::Secret",
];

/// A CloudFormation type for people: `AWS::Lambda::Function` is a `Lambda function`. A type without words of its
/// own is spelt out: `AWS::StepFunctions::StateMachine` is a `StepFunctions state machine`.
pub fn of_type(resource_type: &str) -> String {
    if let Ok(found) = NAMES.binary_search_by_key(&resource_type, |(name, _)| name)
        && let Some((_, words)) = NAMES.get(found)
    {
        return (*words).to_owned();
    }
    let mut parts = resource_type.split("::");
    match (parts.next(), parts.next(), parts.next()) {
        (Some("AWS"), Some(service), Some(name)) => format!("{service} {}", spaced(name)),
        (Some("Custom"), Some(name), None) => format!("Custom resource {name}"),
        _ => resource_type.to_owned(),
    }
}

/// Whether deleting a resource of this type loses what cannot be made again.
pub fn holds_data(resource_type: &str) -> bool {
    HOLDS_DATA.contains(&resource_type)
}

/// `StateMachine` as `state machine`; runs of capitals stay together.
fn spaced(name: &str) -> String {
    let mut words = String::new();
    let mut before: Option<char> = None;
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && before.is_some_and(|last| last.is_ascii_lowercase()) {
            words.push(' ');
        }
        let is_word = before.is_none() || !before.is_some_and(|last| last.is_ascii_uppercase());
        words.push(if is_word {
            letter.to_ascii_lowercase()
        } else {
            letter
        });
        before = Some(letter);
    }
    words
}

/// Whether a stage is production, by its name: the one thing that a name is trusted with is more care.
pub fn is_production(stage: &str) -> bool {
    let stage = stage.to_ascii_lowercase();
    stage == "live"
        || stage
            .split(['-', '_'])
            .any(|part| part == "prod" || part == "production")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_types_have_words_and_their_table_is_in_order() {
        assert!(NAMES.is_sorted_by_key(|(name, _)| *name));
        assert!(NAMES.iter().all(|(name, words)| of_type(name) == *words));
    }

    #[test]
    fn other_types_are_spelt_out() {
        assert_eq!(
            of_type("AWS::StepFunctions::StateMachine"),
            "StepFunctions state machine"
        );
        assert_eq!(of_type("Custom::S3"), "Custom resource S3");
        assert_eq!(of_type("odd"), "odd");
    }

    #[test]
    fn a_table_holds_data_and_a_function_does_not() {
        assert!(holds_data("AWS::DynamoDB::Table"));
        assert!(!holds_data("AWS::Lambda::Function"));
    }

    #[test]
    fn a_stage_is_production_by_its_name() {
        for stage in ["prod", "production", "Prod", "eu-prod", "prod_eu", "live"] {
            assert!(is_production(stage), "{stage}");
        }
        for stage in ["dev", "product", "preprod", "reproduction", "staging"] {
            assert!(!is_production(stage), "{stage}");
        }
    }
}
