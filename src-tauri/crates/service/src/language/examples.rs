//! How keys are written: made from what may stand there, and for those used most by hand.

use crate::schema::Shape;

/// Keys by their pattern, with what is used when they are absent.
const DEFAULTS: &[(&str, &str)] = &[
    ("provider.stage", "dev"),
    ("provider.region", "us-east-1"),
    ("provider.memorySize", "1024"),
    ("provider.timeout", "6"),
    ("provider.architecture", "x86_64"),
    ("provider.versionFunctions", "true"),
    ("provider.endpointType", "EDGE"),
    ("provider.deploymentPrefix", "serverless"),
    (
        "provider.deploymentBucket.maxPreviousDeploymentArtifacts",
        "5",
    ),
    ("functions.*.memorySize", "that of the provider, else 1024"),
    ("functions.*.timeout", "that of the provider, else 6"),
    ("functions.*.runtime", "that of the provider"),
    (
        "functions.*.architecture",
        "that of the provider, else x86_64",
    ),
    ("functions.*.ephemeralStorageSize", "512"),
    ("functions.*.name", "service-stage-function"),
    ("functions.*.disableLogs", "false"),
    (
        "functions.*.versionFunction",
        "that of the provider, else true",
    ),
    ("functions.*.maximumRetryAttempts", "2"),
    ("functions.*.maximumEventAge", "21600"),
    ("functions.*.events.schedule.enabled", "true"),
    ("functions.*.events.schedule.method", "eventBus"),
    ("functions.*.events.http.cors", "false"),
    ("functions.*.events.http.private", "false"),
    ("functions.*.events.http.async", "false"),
    ("functions.*.events.http.integration", "lambda-proxy"),
    ("functions.*.events.sqs.batchSize", "10"),
    ("functions.*.events.stream.batchSize", "10"),
    ("functions.*.events.stream.startingPosition", "TRIM_HORIZON"),
    ("package.individually", "false"),
    ("package.excludeDevDependencies", "true"),
    ("configValidationMode", "warn"),
    ("useDotenv", "false"),
];

/// Keys by their pattern, and how they are written.
const WRITTEN: &[(&str, &str)] = &[
    ("service", "service: my-service"),
    ("frameworkVersion", "frameworkVersion: '3'"),
    ("provider", "provider:\n  name: aws\n  runtime: nodejs22.x"),
    ("provider.name", "name: aws"),
    ("provider.runtime", "runtime: nodejs22.x"),
    ("provider.stage", "stage: ${opt:stage, 'dev'}"),
    ("provider.region", "region: eu-central-1"),
    (
        "provider.environment",
        "environment:\n  TABLE: ${self:service}-${sls:stage}",
    ),
    ("provider.tags", "tags:\n  team: payments"),
    (
        "provider.iam",
        "iam:\n  role:\n    statements:\n      - Effect: Allow\n        Action: dynamodb:GetItem\n        Resource: !GetAtt Table.Arn",
    ),
    (
        "provider.iam.role.statements",
        "statements:\n  - Effect: Allow\n    Action: dynamodb:GetItem\n    Resource: !GetAtt Table.Arn",
    ),
    (
        "provider.vpc",
        "vpc:\n  securityGroupIds: [sg-0123456789abcdef0]\n  subnetIds: [subnet-0123456789abcdef0]",
    ),
    (
        "provider.layers",
        "layers:\n  - arn:aws:lambda:us-east-1:123456789012:layer:tools:1",
    ),
    (
        "functions",
        "functions:\n  hello:\n    handler: src/hello.handler",
    ),
    ("functions.*", "hello:\n  handler: src/hello.handler"),
    ("functions.*.handler", "handler: src/hello.handler"),
    (
        "functions.*.name",
        "name: ${self:service}-${sls:stage}-hello",
    ),
    ("functions.*.description", "description: Says hello"),
    (
        "functions.*.environment",
        "environment:\n  TABLE: !Ref Table",
    ),
    (
        "functions.*.events",
        "events:\n  - httpApi: GET /hello\n  - schedule: rate(5 minutes)",
    ),
    ("functions.*.timeout", "timeout: 30"),
    ("functions.*.memorySize", "memorySize: 512"),
    ("functions.*.reservedConcurrency", "reservedConcurrency: 5"),
    ("functions.*.layers", "layers:\n  - !Ref ToolsLambdaLayer"),
    ("functions.*.role", "role: !GetAtt OwnRole.Arn"),
    ("functions.*.url", "url: true"),
    (
        "functions.*.destinations",
        "destinations:\n  onFailure: arn:aws:sqs:us-east-1:123456789012:failed",
    ),
    (
        "functions.*.events.http",
        "http:\n  path: users/{id}\n  method: get",
    ),
    ("functions.*.events.http.path", "path: users/{id}"),
    ("functions.*.events.httpApi", "httpApi: GET /users/{id}"),
    ("functions.*.events.schedule", "schedule: rate(5 minutes)"),
    (
        "functions.*.events.s3",
        "s3:\n  bucket: photos\n  event: s3:ObjectCreated:*",
    ),
    ("functions.*.events.sqs", "sqs:\n  arn: !GetAtt Queue.Arn"),
    ("functions.*.events.sns", "sns: news"),
    (
        "functions.*.events.stream",
        "stream:\n  type: dynamodb\n  arn: !GetAtt Table.StreamArn",
    ),
    ("functions.*.events.websocket", "websocket: $connect"),
    (
        "functions.*.events.eventBridge",
        "eventBridge:\n  pattern:\n    source: [my.orders]",
    ),
    (
        "functions.*.events.cloudwatchLog",
        "cloudwatchLog: /aws/lambda/other",
    ),
    (
        "functions.*.events.cognitoUserPool",
        "cognitoUserPool:\n  pool: users\n  trigger: PreSignUp",
    ),
    ("package.patterns", "patterns:\n  - '!**'\n  - src/**"),
    ("custom", "custom:\n  table: ${self:service}-${sls:stage}"),
    (
        "params",
        "params:\n  default:\n    size: small\n  prod:\n    size: large",
    ),
    ("plugins", "plugins:\n  - serverless-offline"),
    (
        "resources",
        "resources:\n  Resources:\n    Table:\n      Type: AWS::DynamoDB::Table",
    ),
    (
        "resources.Resources",
        "Resources:\n  Queue:\n    Type: AWS::SQS::Queue",
    ),
    ("resources.Resources.*.Type", "Type: AWS::S3::Bucket"),
    (
        "resources.Outputs",
        "Outputs:\n  QueueUrl:\n    Value: !Ref Queue",
    ),
    (
        "resources.extensions",
        "extensions:\n  HelloLogGroup:\n    Properties:\n      RetentionInDays: 30",
    ),
];

pub(super) fn default_of(pattern: &str) -> Option<&'static str> {
    let found = DEFAULTS.iter().find(|(known, _)| *known == pattern);
    found.map(|(_, value)| *value)
}

/// How a key is written.
pub(super) fn of(pattern: &str, name: &str, shapes: &[&'static Shape]) -> Option<String> {
    if let Some((_, written)) = WRITTEN.iter().find(|(known, _)| *known == pattern) {
        return Some((*written).to_owned());
    }
    let value = shapes.iter().find_map(|shape| value(shape, 1))?;
    Some(match value {
        Value::Inline(text) => format!("{name}: {text}"),
        Value::Below(lines) => format!("{name}:\n{lines}"),
    })
}

/// How a value stands behind its key.
enum Value {
    Inline(String),
    Below(String),
}

fn value(shape: &'static Shape, depth: usize) -> Option<Value> {
    const DEEPEST: usize = 3;
    if depth > DEEPEST {
        return None;
    }
    let indent = "  ".repeat(depth);
    Some(match shape {
        Shape::TextBy(rule) => Value::Inline(between_ticks(rule.wants)?.to_owned()),
        Shape::Word(words) | Shape::WordAnyCase(words) => {
            Value::Inline((*words.first()?).to_owned())
        }
        Shape::Truth => Value::Inline("true".to_owned()),
        Shape::Whole(least, most) => Value::Inline((*least).max(1).min(*most).to_string()),
        Shape::WholeOf(numbers) => Value::Inline(numbers.first()?.to_string()),
        Shape::List(item) => match value(item, depth + 1)? {
            Value::Inline(text) => Value::Below(format!("{indent}- {text}")),
            Value::Below(_) => return None,
        },
        Shape::Keys(keys, required) => {
            let mut lines = Vec::new();
            for name in *required {
                let key = keys.iter().find(|key| key.name == *name)?;
                lines.push(match value(&key.shape, depth + 1)? {
                    Value::Inline(text) => format!("{indent}{name}: {text}"),
                    Value::Below(below) => format!("{indent}{name}:\n{below}"),
                });
            }
            if lines.is_empty() {
                return None;
            }
            Value::Below(lines.join("\n"))
        }
        Shape::Either(shapes) => return shapes.iter().find_map(|shape| value(shape, depth)),
        _ => return None,
    })
}

/// The first thing in backticks: rules name an example that way.
fn between_ticks(words: &str) -> Option<&str> {
    let (_, behind) = words.split_once("such as `")?;
    behind.split('`').next()
}
