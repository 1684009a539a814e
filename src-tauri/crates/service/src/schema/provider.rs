//! Keys of `provider`.

use super::logs::LOGS;
use super::{Key, Shape, rule};

/// Runtimes that Lambda has or had; a stack made with an old one must still be readable.
pub(crate) const RUNTIMES: &[&str] = &[
    "nodejs14.x",
    "nodejs16.x",
    "nodejs18.x",
    "nodejs20.x",
    "nodejs22.x",
    "nodejs24.x",
    "python3.7",
    "python3.8",
    "python3.9",
    "python3.10",
    "python3.11",
    "python3.12",
    "python3.13",
    "python3.14",
    "ruby2.7",
    "ruby3.2",
    "ruby3.3",
    "ruby3.4",
    "java8",
    "java8.al2",
    "java11",
    "java17",
    "java21",
    "java25",
    "dotnet6",
    "dotnet8",
    "dotnet10",
    "go1.x",
    "provided",
    "provided.al2",
    "provided.al2023",
];

const REGIONS: &[&str] = &[
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "cn-north-1",
    "cn-northwest-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-gov-east-1",
    "us-gov-west-1",
    "us-iso-east-1",
    "us-iso-west-1",
    "us-isob-east-1",
];

const RETENTION: &[i64] = &[
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
];

const IAM: &str = "PROVIDER_IAM_SETTINGS_V3";

pub(super) const RUNTIME: Shape = Shape::Word(RUNTIMES);
pub(super) const ARCHITECTURE: Shape = Shape::Word(&["x86_64", "arm64"]);
pub(super) const MEMORY: Shape = Shape::Whole(128, 10_240);
pub(super) const TIMEOUT: Shape = Shape::Whole(1, 900);
pub(super) const LOG_RETENTION: Shape = Shape::WholeOf(RETENTION);
pub(super) const PAYLOAD: Shape = Shape::Word(&["1.0", "2.0"]);
pub(super) const TAGS: Shape = Shape::NamedBy(&rule::TAG_NAME, &Shape::TextBy(&rule::TAG_VALUE));
pub(super) const ENVIRONMENT: Shape = Shape::NamedBy(&rule::ENVIRONMENT_NAME, &ENVIRONMENT_VALUE);
static ENVIRONMENT_VALUE: Shape = Shape::Either(&[Shape::Text, Shape::Function]);
pub(crate) static ARN: Shape = Shape::Either(&[Shape::TextBy(&rule::ARN), Shape::Function]);
pub(super) const ROLE: Shape = Shape::Either(&[Shape::TextBy(&rule::NOT_EMPTY), Shape::Function]);
const TEXTS: Shape = Shape::List(&Shape::Text);
pub(crate) static STATEMENTS: Shape = Shape::List(&Shape::Keys(&STATEMENT, NEEDED));
/// Statements of the policy of a REST API.
pub(super) static API_STATEMENTS: Shape = Shape::List(&Shape::Keys(&API_STATEMENT, NEEDED));
const NEEDED: &[&str] = &["Effect", "Action^NotAction", "Resource^NotResource"];
const PRINCIPAL: Shape = Shape::Either(&[Shape::Word(&["*"]), Shape::Keys(PRINCIPALS, &[])]);
static PRINCIPAL_ID: Shape = Shape::Either(&[Shape::Text, Shape::Function]);

static PRINCIPALS: &[Key] = &[
    Key::new(
        "AWS",
        Shape::Either(&[
            Shape::Word(&["*"]),
            Shape::Function,
            Shape::List(&PRINCIPAL_ID),
        ]),
        "Accounts, roles and users",
    ),
    Key::new("Federated", TEXTS, "Providers of identities"),
    Key::new("Service", TEXTS, "Services of AWS"),
    Key::new("CanonicalUser", TEXTS, "Owners of buckets"),
];
static RESOURCE: Shape = Shape::Either(&[Shape::TextBy(&rule::POLICY_RESOURCE), Shape::Function]);
static API_RESOURCE: Shape = Shape::Either(&[Shape::TextBy(&rule::API_RESOURCE), Shape::Function]);
static STATEMENT: [Key; 9] = statement(Shape::Either(&[RESOURCE, Shape::List(&RESOURCE)]));
static API_STATEMENT: [Key; 9] =
    statement(Shape::Either(&[API_RESOURCE, Shape::List(&API_RESOURCE)]));

/// The keys of a statement about resources of a kind.
const fn statement(resource: Shape) -> [Key; 9] {
    [
        Key::new("Sid", Shape::Text, "A name for the statement"),
        Key::new(
            "Effect",
            Shape::Word(&["Allow", "Deny"]),
            "Whether it allows or denies",
        ),
        Key::new("Action", TEXTS, "What may be done"),
        Key::new("NotAction", TEXTS, "What it does not speak of"),
        Key::new("Principal", PRINCIPAL, "Who"),
        Key::new("NotPrincipal", PRINCIPAL, "Who not"),
        Key::new("Resource", resource, "To what"),
        Key::new("NotResource", resource, "To what not"),
        Key::new("Condition", Shape::AnyMapping, "When"),
    ]
}

static IAM_ROLE: &[Key] = &[
    Key::new(
        "name",
        Shape::TextBy(&rule::ROLE_NAME),
        "The name of the role that is made",
    ),
    Key::new(
        "path",
        Shape::TextBy(&rule::ROLE_PATH),
        "The path of the role that is made",
    ),
    Key::new(
        "managedPolicies",
        Shape::List(&ARN),
        "Policies attached to it, by ARN",
    ),
    Key::new("statements", STATEMENTS, "What the functions may do"),
    Key::new("permissionsBoundary", ARN, "The policy it can never exceed"),
    Key::new(
        "permissionBoundary",
        ARN,
        "Another spelling of `permissionsBoundary`",
    ),
    Key::new("tags", TAGS, "Tags of the role"),
];

static IAM_KEYS: &[Key] = &[
    Key::new(
        "role",
        Shape::Either(&[
            Shape::TextBy(&rule::NOT_EMPTY),
            Shape::Function,
            Shape::Keys(IAM_ROLE, &[]),
        ]),
        "The role of the functions: a ready one, or what the one that is made may do",
    ),
    super::stack::DEPLOYMENT_ROLE,
];

const OWN_KEY: [Key; 3] = [
    own_key("sseCustomerAlgorithim"),
    own_key("sseCustomerKey"),
    own_key("sseCustomerKeyMD5"),
];

/// A key about objects that are encrypted with a key which S3 does not keep.
const fn own_key(name: &'static str) -> Key {
    Key::refused(
        name,
        "Encryption with a key of your own",
        "CloudFormation and Lambda, which fetch the objects, cannot be given the key, so no deploy would succeed",
        "Write `serverSideEncryption: aws:kms` with `sseKMSKeyId`, a key that stays yours and that AWS may use",
    )
}

static BUCKET: &[Key] = &[
    Key::new("name", Shape::TextBy(&rule::BUCKET), "A bucket that exists"),
    Key::new(
        "blockPublicAccess",
        Shape::Truth,
        "Whether public access to the bucket that is made is blocked",
    ),
    Key::new(
        "skipPolicySetup",
        Shape::Truth,
        "Whether the bucket that is made has no policy",
    ),
    Key::new(
        "maxPreviousDeploymentArtifacts",
        Shape::Whole(0, 1_000_000),
        "How many releases are kept",
    ),
    Key::new(
        "versioning",
        Shape::Truth,
        "Whether the bucket that is made keeps versions",
    ),
    Key::new(
        "serverSideEncryption",
        Shape::Word(&["AES256", "aws:kms"]),
        "How objects are encrypted",
    ),
    Key::new(
        "sseKMSKeyId",
        Shape::Text,
        "The key they are encrypted with",
    ),
    Key::new("tags", TAGS, "Tags of the bucket that is made"),
    OWN_KEY[0],
    OWN_KEY[1],
    OWN_KEY[2],
];

/// The keys of `provider`.
pub(super) static PROVIDER: &[Key] = &[
    Key::new("name", Shape::Text, "Always `aws`"),
    Key::new("runtime", RUNTIME, "What the functions run on"),
    Key::new(
        "stage",
        Shape::TextBy(&rule::STAGE),
        "The stage when none is chosen; `dev` when absent",
    ),
    Key::new(
        "region",
        Shape::Word(REGIONS),
        "The Region when none is chosen; `us-east-1` when absent",
    ),
    Key::new(
        "profile",
        Shape::Text,
        "The AWS profile when none is chosen",
    ),
    Key::new(
        "stackName",
        Shape::TextBy(&rule::STACK_NAME),
        "The name of the stack; service-stage when absent",
    ),
    Key::new(
        "architecture",
        ARCHITECTURE,
        "The processor of the functions",
    ),
    Key::new(
        "memorySize",
        MEMORY,
        "Memory of the functions in MB; 1024 when absent",
    ),
    Key::new(
        "timeout",
        TIMEOUT,
        "Seconds a function may run; 6 when absent",
    ),
    Key::new(
        "environment",
        ENVIRONMENT,
        "Environment variables of all functions",
    ),
    Key::new("tags", TAGS, "Tags of functions and APIs"),
    Key::new("stackTags", TAGS, "Tags of the stack"),
    Key::new(
        "iam",
        Shape::Keys(IAM_KEYS, &[]),
        "What the functions may do",
    ),
    Key::new("iamRoleStatements", STATEMENTS, "What the functions may do")
        .instead(IAM, "provider.iam.role.statements"),
    Key::new(
        "iamManagedPolicies",
        Shape::List(&ARN),
        "Policies of the role",
    )
    .instead(IAM, "provider.iam.role.managedPolicies"),
    Key::new("role", ROLE, "The role of the functions").instead(IAM, "provider.iam.role"),
    Key::new(
        "rolePermissionsBoundary",
        ARN,
        "The policy the role can never exceed",
    )
    .instead(IAM, "provider.iam.role.permissionsBoundary"),
    super::stack::CFN_ROLE.instead(IAM, "provider.iam.deploymentRole"),
    Key::new(
        "logRetentionInDays",
        LOG_RETENTION,
        "How long logs are kept",
    ),
    Key::new(
        "versionFunctions",
        Shape::Truth,
        "Whether each deploy publishes versions of the functions",
    ),
    Key::new(
        "deploymentPrefix",
        Shape::Text,
        "The folder in the deployment bucket; `serverless` when absent",
    ),
    Key::new(
        "deploymentBucket",
        Shape::Either(&[Shape::TextBy(&rule::BUCKET), Shape::Keys(BUCKET, &[])]),
        "The bucket that releases are uploaded to",
    ),
    Key::new(
        "deploymentMethod",
        Shape::Word(&["changesets", "direct"]),
        "How a deploy is made: always by a change set, so that it can be shown first",
    ),
    Key::new("apiName", Shape::Text, "The name of the REST API"),
    Key::new(
        "endpointType",
        Shape::WordAnyCase(&["REGIONAL", "EDGE", "PRIVATE"]),
        "The kind of the REST API's endpoint",
    ),
    Key::new(
        "apiGateway",
        Shape::Keys(super::api_gateway::API_GATEWAY, &[]),
        "Settings of the REST API",
    ),
    super::http_api::PROVIDER_HTTP_API,
    super::alb::PROVIDER_ALB,
    super::cloud_front::PROVIDER_CLOUD_FRONT,
    super::stack::NO_ROLLBACK,
    super::image::ECR,
    super::event_rule::PROVIDER_EVENT_BRIDGE,
    super::event_source::KINESIS,
    super::run::KMS_KEY,
    Key::new(
        "lambdaHashingVersion",
        Shape::Word(&["20200924", "20201221"]),
        "How versions are named",
    )
    .with(super::Status::WithoutEffect(
        "versions are named after their content in one way",
    ))
    .instead("LAMBDA_HASHING_VERSION_PROPERTY", ""),
    Key::new("layers", super::run::LAYERS, "Layers of all functions"),
    super::stack::MASKS,
    Key::new("logs", Shape::Keys(LOGS, &[]), "Logs of APIs"),
    super::stack::NOTIFICATIONS,
    super::stack::ROLLBACK,
    super::stack::RUNTIME_MANAGEMENT,
    super::s3::BUCKETS,
    super::stack::STACK_PARAMETERS,
    super::stack::POLICY,
    Key::new("tracing", Shape::Keys(super::logs::TRACING, &[]), "X-Ray"),
    Key::new("vpc", super::run::VPC, "The network of the functions"),
    Key::new(
        "vpcEndpointIds",
        super::api_gateway::VPC_ENDPOINT_IDS,
        "VPC endpoints of a private REST API",
    ),
    super::websocket::PROVIDER_WEBSOCKET,
    super::websocket::API_NAME,
    super::websocket::ROUTE_SELECTION,
    super::websocket::DESCRIPTION,
];
