//! Keys of a `cloudFront` event and of `provider.cloudFront`.

use super::{Key, Rule, Shape, alb, rule};

static TEXT_OR_FUNCTION: Shape = Shape::Either(&[Shape::TextBy(&rule::NOT_EMPTY), Shape::Function]);
static TEXTS: Shape = Shape::List(&Shape::Text);
static KEY_GROUP: Shape = Shape::Either(&[Shape::Text, Shape::Function]);
const SECONDS: Shape = Shape::Whole(0, u32::MAX as i64);
const PORT: Shape = Shape::Whole(0, 65_535);

static PATTERN: Rule = Rule {
    wants: "a path such as `/docs*`: letters, digits and `_-.*?$/~\"'@:+`",
    holds: alb::is_path_pattern,
};

static ADDRESS: Rule = Rule {
    wants: "an address such as `https://app.acme.com` or `s3://bucket.s3.amazonaws.com`",
    holds: |text| {
        text.split_once("://").is_some_and(|(scheme, rest)| {
            !rest.is_empty() && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        }) && !text.contains(char::is_whitespace)
    },
};

static IDENTITY: Rule = Rule {
    wants: "`origin-access-identity/cloudfront/ID`",
    holds: |text| {
        text.strip_prefix("origin-access-identity/cloudfront/")
            .is_some_and(|id| !id.is_empty())
    },
};

static CUSTOM: &[Key] = &[
    Key::new("HTTPPort", PORT, "The port without TLS"),
    Key::new("HTTPSPort", PORT, "The port with TLS"),
    Key::new(
        "OriginKeepaliveTimeout",
        Shape::Whole(1, 60),
        "Seconds that a connection is kept",
    ),
    Key::new(
        "OriginProtocolPolicy",
        Shape::Word(&["http-only", "match-viewer", "https-only"]),
        "How the origin is asked",
    ),
    Key::new(
        "OriginReadTimeout",
        Shape::Whole(1, 60),
        "Seconds that the origin may take",
    ),
    Key::new(
        "OriginSSLProtocols",
        Shape::List(&Shape::Word(&["SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2"])),
        "Versions of TLS",
    ),
];

static HEADER: &[Key] = &[
    Key::new("HeaderName", Shape::Text, "The header"),
    Key::new("HeaderValue", Shape::Text, "What it says"),
];

static S3: &[Key] = &[Key::new(
    "OriginAccessIdentity",
    Shape::Either(&[Shape::TextBy(&IDENTITY), Shape::Function]),
    "Who reads the bucket",
)];

static ORIGIN: &[Key] = &[
    Key::new(
        "ConnectionAttempts",
        Shape::Whole(1, 3),
        "How often it is tried",
    ),
    Key::new(
        "ConnectionTimeout",
        Shape::Whole(1, 10),
        "Seconds that a connection may take",
    ),
    Key::new(
        "CustomOriginConfig",
        Shape::Keys(CUSTOM, &["OriginProtocolPolicy"]),
        "How a web server is asked",
    ),
    Key::new("DomainName", TEXT_OR_FUNCTION, "Where it is"),
    Key::new(
        "OriginAccessControlId",
        TEXT_OR_FUNCTION,
        "The access control that signs requests",
    ),
    Key::new(
        "OriginCustomHeaders",
        Shape::List(&Shape::Keys(HEADER, &["HeaderName", "HeaderValue"])),
        "Headers that are sent along",
    ),
    Key::new("OriginPath", Shape::Text, "What paths begin with"),
    Key::new(
        "S3OriginConfig",
        Shape::Keys(S3, &[]),
        "How a bucket is asked",
    ),
];

const READ_METHODS: Shape = Shape::Word(&["GET", "HEAD", "OPTIONS"]);
const METHODS: Shape = Shape::Word(&["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"]);

static COOKIES: &[Key] = &[
    Key::new(
        "Forward",
        Shape::Word(&["all", "none", "whitelist"]),
        "Which are passed on",
    ),
    Key::new("WhitelistedNames", TEXTS, "Those, with `whitelist`"),
];

static FORWARDED: &[Key] = &[
    Key::new(
        "Cookies",
        Shape::Keys(COOKIES, &["Forward"]),
        "Cookies that are passed on",
    ),
    Key::new("Headers", TEXTS, "Headers that are passed on"),
    Key::new(
        "QueryString",
        Shape::Truth,
        "Whether parameters are passed on",
    ),
    Key::new("QueryStringCacheKeys", TEXTS, "Parameters that tell apart"),
];

static BEHAVIOR: &[Key] = &[
    Key::new(
        "AllowedMethods",
        Shape::List(&METHODS),
        "Methods that are passed on",
    ),
    Key::new(
        "CachedMethods",
        Shape::List(&READ_METHODS),
        "Methods whose answers are kept",
    ),
    Key::new("CachePolicyId", Shape::Text, "A cache policy that exists"),
    Key::new("Compress", Shape::Truth, "Whether answers are compressed"),
    Key::new(
        "FieldLevelEncryptionId",
        Shape::Text,
        "How fields are encrypted",
    ),
    Key::new(
        "OriginRequestPolicyId",
        TEXT_OR_FUNCTION,
        "What is passed on to the origin",
    ),
    Key::new(
        "ResponseHeadersPolicyId",
        TEXT_OR_FUNCTION,
        "Headers that are added to answers",
    ),
    Key::new("SmoothStreaming", Shape::Truth, "For Microsoft's streaming"),
    Key::new("TrustedSigners", TEXTS, "Accounts that may sign addresses"),
    Key::new(
        "ViewerProtocolPolicy",
        Shape::Word(&["allow-all", "redirect-to-https", "https-only"]),
        "Whether requests without TLS are let in; they are when absent",
    ),
    Key::new(
        "TrustedKeyGroups",
        Shape::List(&KEY_GROUP),
        "Keys that may sign addresses",
    ),
    Key::new("MaxTTL", SECONDS, "The longest that answers are kept"),
    Key::new("MinTTL", SECONDS, "The shortest that answers are kept"),
    Key::new(
        "DefaultTTL",
        SECONDS,
        "How long answers are kept that do not say",
    ),
    Key::new(
        "ForwardedValues",
        Shape::Keys(FORWARDED, &["QueryString"]),
        "What is passed on",
    ),
];

static CACHE_POLICY: &[Key] = &[
    Key::new("id", TEXT_OR_FUNCTION, "A cache policy that exists"),
    Key::new(
        "name",
        Shape::TextBy(&rule::NOT_EMPTY),
        "One of `provider.cloudFront.cachePolicies`",
    ),
];

static KEYS: &[Key] = &[
    Key::new(
        "behavior",
        Shape::Keys(BEHAVIOR, &[]),
        "How requests and answers are treated",
    ),
    Key::new(
        "cachePolicy",
        Shape::Keys(CACHE_POLICY, &[]),
        "How answers are kept: `id` or `name`",
    ),
    Key::new(
        "eventType",
        Shape::Word(&[
            "viewer-request",
            "origin-request",
            "origin-response",
            "viewer-response",
        ]),
        "When the function is called",
    ),
    Key::new(
        "isDefaultOrigin",
        Shape::Truth,
        "Whether its origin answers what no path is written for",
    ),
    Key::new(
        "includeBody",
        Shape::Truth,
        "Whether the function gets the body",
    ),
    Key::new(
        "origin",
        Shape::Either(&[
            Shape::TextBy(&ADDRESS),
            Shape::Keys(ORIGIN, &["DomainName"]),
        ]),
        "Where CloudFront fetches answers: an address, or an origin as CloudFormation writes it",
    ),
    Key::new(
        "pathPattern",
        Shape::TextBy(&PATTERN),
        "Which paths are meant; all when absent",
    ),
];

/// `cloudFront`.
pub(super) const CLOUD_FRONT: Key = Key::new(
    "cloudFront",
    Shape::Keys(KEYS, &[]),
    "Requests to CloudFront",
);

const WHICH: Shape = Shape::Word(&["none", "whitelist", "allExcept", "all"]);

static POLICY_COOKIES: &[Key] = &[
    Key::new("CookieBehavior", WHICH, "Which count"),
    Key::new("Cookies", TEXTS, "Their names"),
];
static POLICY_HEADERS: &[Key] = &[
    Key::new(
        "HeaderBehavior",
        Shape::Word(&["none", "whitelist"]),
        "Which count",
    ),
    Key::new("Headers", TEXTS, "Their names"),
];
static POLICY_QUERY: &[Key] = &[
    Key::new("QueryStringBehavior", WHICH, "Which count"),
    Key::new("QueryStrings", TEXTS, "Their names"),
];

static PARAMETERS: &[Key] = &[
    Key::new(
        "CookiesConfig",
        Shape::Keys(POLICY_COOKIES, &["CookieBehavior"]),
        "Cookies that tell answers apart",
    ),
    Key::new(
        "EnableAcceptEncodingBrotli",
        Shape::Truth,
        "Whether Brotli tells apart",
    ),
    Key::new(
        "EnableAcceptEncodingGzip",
        Shape::Truth,
        "Whether Gzip tells apart",
    ),
    Key::new(
        "HeadersConfig",
        Shape::Keys(POLICY_HEADERS, &["HeaderBehavior"]),
        "Headers that tell answers apart",
    ),
    Key::new(
        "QueryStringsConfig",
        Shape::Keys(POLICY_QUERY, &["QueryStringBehavior"]),
        "Parameters that tell answers apart",
    ),
];

static POLICY: &[Key] = &[
    Key::new("Comment", Shape::Text, "What it is for"),
    Key::new("DefaultTTL", SECONDS, "How long answers are kept"),
    Key::new("MaxTTL", SECONDS, "The longest that answers are kept"),
    Key::new("MinTTL", SECONDS, "The shortest that answers are kept"),
    Key::new(
        "ParametersInCacheKeyAndForwardedToOrigin",
        Shape::Keys(
            PARAMETERS,
            &[
                "CookiesConfig",
                "EnableAcceptEncodingGzip",
                "HeadersConfig",
                "QueryStringsConfig",
            ],
        ),
        "What tells answers apart",
    ),
];

static PROVIDER: &[Key] = &[Key::new(
    "cachePolicies",
    Shape::Named(&Shape::Keys(
        POLICY,
        &[
            "DefaultTTL",
            "MaxTTL",
            "MinTTL",
            "ParametersInCacheKeyAndForwardedToOrigin",
        ],
    )),
    "How answers are kept, by the name that events use",
)];

/// `provider.cloudFront`.
pub(super) const PROVIDER_CLOUD_FRONT: Key = Key::new(
    "cloudFront",
    Shape::Keys(PROVIDER, &[]),
    "Settings of CloudFront",
);
