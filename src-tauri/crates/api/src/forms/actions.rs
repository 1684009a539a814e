//! Actions of IAM that services most often allow, for completion. What is not here can be written all the same.

/// Service prefix and actions.
const ACTIONS: &[(&str, &[&str])] = &[
    (
        "dynamodb",
        &[
            "GetItem",
            "PutItem",
            "UpdateItem",
            "DeleteItem",
            "Query",
            "Scan",
            "BatchGetItem",
            "BatchWriteItem",
            "DescribeTable",
            "TransactWriteItems",
        ],
    ),
    (
        "s3",
        &[
            "GetObject",
            "PutObject",
            "DeleteObject",
            "ListBucket",
            "GetObjectTagging",
            "PutObjectAcl",
            "GetBucketLocation",
        ],
    ),
    (
        "sqs",
        &[
            "SendMessage",
            "ReceiveMessage",
            "DeleteMessage",
            "GetQueueAttributes",
            "GetQueueUrl",
            "ChangeMessageVisibility",
            "PurgeQueue",
        ],
    ),
    (
        "sns",
        &["Publish", "Subscribe", "Unsubscribe", "ListTopics"],
    ),
    (
        "ssm",
        &[
            "GetParameter",
            "GetParameters",
            "GetParametersByPath",
            "PutParameter",
        ],
    ),
    (
        "secretsmanager",
        &["GetSecretValue", "DescribeSecret", "PutSecretValue"],
    ),
    (
        "kms",
        &["Decrypt", "Encrypt", "GenerateDataKey", "DescribeKey"],
    ),
    ("lambda", &["InvokeFunction", "InvokeAsync", "GetFunction"]),
    ("events", &["PutEvents"]),
    (
        "states",
        &[
            "StartExecution",
            "DescribeExecution",
            "SendTaskSuccess",
            "SendTaskFailure",
        ],
    ),
    (
        "kinesis",
        &[
            "PutRecord",
            "PutRecords",
            "GetRecords",
            "GetShardIterator",
            "DescribeStream",
        ],
    ),
    ("firehose", &["PutRecord", "PutRecordBatch"]),
    ("ses", &["SendEmail", "SendRawEmail", "SendTemplatedEmail"]),
    (
        "logs",
        &[
            "CreateLogGroup",
            "CreateLogStream",
            "PutLogEvents",
            "FilterLogEvents",
        ],
    ),
    ("cloudwatch", &["PutMetricData", "GetMetricData"]),
    ("xray", &["PutTraceSegments", "PutTelemetryRecords"]),
    (
        "cognito-idp",
        &[
            "AdminGetUser",
            "AdminCreateUser",
            "AdminInitiateAuth",
            "ListUsers",
        ],
    ),
    ("execute-api", &["Invoke", "ManageConnections"]),
    ("rds-data", &["ExecuteStatement", "BatchExecuteStatement"]),
    ("sts", &["AssumeRole"]),
    ("bedrock", &["InvokeModel", "InvokeModelWithResponseStream"]),
    ("athena", &["StartQueryExecution", "GetQueryResults"]),
    (
        "ec2",
        &[
            "CreateNetworkInterface",
            "DescribeNetworkInterfaces",
            "DeleteNetworkInterface",
        ],
    ),
];

/// All of them, each as `service:Action`, a service's own `*` last.
pub(super) fn all() -> Vec<String> {
    let of_service = |(service, actions): &(&str, &[&str])| {
        let mut words: Vec<String> = actions
            .iter()
            .map(|action| format!("{service}:{action}"))
            .collect();
        words.push(format!("{service}:*"));
        words
    };
    ACTIONS.iter().flat_map(of_service).collect()
}
