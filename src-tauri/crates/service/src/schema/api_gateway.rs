//! Keys of `provider.apiGateway`.

use super::{Key, Shape, provider, rule};

static TEXT_OR_FUNCTION: Shape = Shape::Either(&[Shape::TextBy(&rule::NOT_EMPTY), Shape::Function]);
static API_KEY_FORM: Shape = Shape::Either(&[Shape::Text, Shape::Keys(API_KEY, &[])]);
static API_KEYS_OF_PLAN: Shape = Shape::List(&API_KEY_FORM);
static API_KEYS: Shape = Shape::Either(&[
    Shape::Text,
    Shape::Keys(API_KEY, &[]),
    Shape::NamedBy(&rule::USAGE_PLAN, &API_KEYS_OF_PLAN),
]);

/// The shape of `provider.vpcEndpointIds`.
pub(super) const VPC_ENDPOINT_IDS: Shape = Shape::Either(&[
    Shape::List(&TEXT_OR_FUNCTION),
    Shape::FunctionOf(&["Fn::Split"]),
]);

static API_KEY: &[Key] = &[
    Key::new("name", Shape::Text, "Its name"),
    Key::new(
        "value",
        Shape::Text,
        "The key itself; AWS chooses one when absent",
    ),
    Key::new("description", Shape::Text, "What it is for"),
    Key::new(
        "customerId",
        Shape::Text,
        "Whose it is, on the AWS Marketplace",
    ),
    Key::new("enabled", Shape::Truth, "Whether it may be used"),
];

static QUOTA: &[Key] = &[
    Key::new("limit", COUNT, "How many requests"),
    Key::new("offset", COUNT, "How many are taken off the first period"),
    Key::new(
        "period",
        Shape::Word(&["DAY", "WEEK", "MONTH"]),
        "In which time",
    ),
];

const COUNT: Shape = Shape::Whole(0, u32::MAX as i64);

static THROTTLE: &[Key] = &[
    Key::new("burstLimit", COUNT, "How many requests at once"),
    Key::new("rateLimit", COUNT, "How many requests in a second"),
];

static USAGE_PLAN: &[Key] = &[
    Key::new(
        "quota",
        Shape::Keys(QUOTA, &[]),
        "How many requests in a while",
    ),
    Key::new(
        "throttle",
        Shape::Keys(THROTTLE, &[]),
        "How fast requests may come",
    ),
];

static REST_API_RESOURCE: &[Key] = &[
    Key::new("path", Shape::Text, "The path"),
    Key::new("resourceId", TEXT_OR_FUNCTION, "Its id"),
];

static MODEL: &[Key] = &[
    Key::new("schema", Shape::AnyMapping, "A JSON schema"),
    Key::new("name", Shape::Text, "The name of the model on AWS"),
    Key::new("description", Shape::Text, "What it is for"),
];

static REQUEST: &[Key] = &[Key::new(
    "schemas",
    Shape::Named(&Shape::Keys(MODEL, &["schema"])),
    "JSON schemas by name",
)];

/// The keys of `provider.apiGateway`.
pub(super) static API_GATEWAY: &[Key] = &[
    Key::new(
        "description",
        Shape::Text,
        "The description of the REST API",
    ),
    Key::new(
        "binaryMediaTypes",
        Shape::List(&Shape::TextBy(&rule::MEDIA_TYPE)),
        "Types that are passed as bytes",
    ),
    Key::new(
        "minimumCompressionSize",
        Shape::Whole(0, 10_485_760),
        "Answers from this many bytes on are compressed",
    ),
    Key::new(
        "shouldStartNameWithService",
        Shape::Truth,
        "Whether the API's name is service-stage rather than stage-service",
    ),
    Key::new(
        "disableDefaultEndpoint",
        Shape::Truth,
        "Whether AWS's own address of the API is closed",
    ),
    Key::new("metrics", Shape::Truth, "Whether detailed metrics are kept"),
    Key::new(
        "stage",
        Shape::Text,
        "The API's stage, when it is not the service's",
    ),
    Key::new(
        "apiKeySourceType",
        Shape::WordAnyCase(&["HEADER", "AUTHORIZER"]),
        "Where API keys come from",
    ),
    Key::new(
        "apiKeys",
        Shape::List(&API_KEYS),
        "Keys that callers of private methods send: names, descriptions, or such by usage plan",
    ),
    Key::new(
        "usagePlan",
        Shape::Either(&[
            Shape::Keys(USAGE_PLAN, &[]),
            Shape::List(&Shape::Named(&Shape::Keys(USAGE_PLAN, &[]))),
        ]),
        "How much and how fast keys may call: one plan, or a list of plans by name",
    ),
    Key::new(
        "resourcePolicy",
        provider::API_STATEMENTS,
        "Who may call the API, as statements of IAM",
    ),
    Key::new("restApiId", TEXT_OR_FUNCTION, "A REST API that exists"),
    Key::new(
        "restApiResources",
        Shape::Either(&[
            Shape::Named(&TEXT_OR_FUNCTION),
            Shape::List(&Shape::Keys(REST_API_RESOURCE, &[])),
        ]),
        "Ids of the paths that this API has already",
    ),
    Key::new(
        "restApiRootResourceId",
        TEXT_OR_FUNCTION,
        "The id of the root of this API",
    ),
    Key::new(
        "request",
        Shape::Keys(REQUEST, &[]),
        "Schemas of bodies that events use by name",
    ),
    Key::new(
        "websocketApiId",
        TEXT_OR_FUNCTION,
        "A WebSocket API that exists",
    ),
];
