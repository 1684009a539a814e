//! Keys of an `alb` event and of `provider.alb`.

use super::{Key, Rule, Shape, provider};
use crate::types::AlbEvent;

fn is_of(text: &str, also: &str) -> bool {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || also.contains(letter);
    !text.is_empty() && text.chars().all(fits)
}

/// What may stand in a path's pattern, for load balancers and for CloudFront.
pub(super) fn is_path_pattern(text: &str) -> bool {
    is_of(&text.replace("&amp;", "+"), "*?_.$/~\"'@:+-")
}

fn is_listener(text: &str) -> bool {
    let event = AlbEvent {
        listener: text.into(),
        ..AlbEvent::default()
    };
    event.balancer_and_listener().is_some()
}

static LISTENER: Rule = Rule {
    wants: "the ARN of a load balancer's listener, such as `arn:aws:elasticloadbalancing:REGION:ACCOUNT:listener/app/NAME/ID/ID`",
    holds: is_listener,
};

static HEADER_NAME: Rule = Rule {
    wants: "at most 40 characters",
    holds: |text| text.chars().count() <= 40,
};

static VALUE: Rule = Rule {
    wants: "at most 128 characters",
    holds: |text| text.chars().count() <= 128,
};

static HOST: Rule = Rule {
    wants: "a host name of at most 128 characters, with `*` and `?` where anything may stand",
    holds: |text| text.len() <= 128 && is_of(text, "*?.-"),
};

static METHOD: Rule = Rule {
    wants: "a method in capitals, such as `GET`",
    holds: |text| {
        let fits = |letter: char| letter.is_ascii_uppercase() || "_-".contains(letter);
        (1..=40).contains(&text.len()) && text.chars().all(fits)
    },
};

static PATH: Rule = Rule {
    wants: "a path of at most 128 characters, with `*` and `?` where anything may stand",
    holds: |text| text.len() <= 128 && is_path_pattern(text),
};

static HEALTH_PATH: Rule = Rule {
    wants: "a path of 1 to 1024 characters",
    holds: |text| (1..=1024).contains(&text.len()),
};

static CODES: Rule = Rule {
    wants: "statuses such as `200`, `200,204` or `200-299`",
    holds: |text| {
        let code = |code: &str| code.len() == 3 && code.chars().all(|c| c.is_ascii_digit());
        text.split(',').all(|part| match part.split_once('-') {
            Some((first, last)) => code(first) && code(last),
            None => code(part),
        })
    },
};

static GROUP_NAME: Rule = Rule {
    wants: "1 to 32 letters, digits and hyphens",
    holds: |text| text.len() <= 32 && is_of(text, "-"),
};

static PREFIX: Rule = Rule {
    wants: "at most 16 characters",
    holds: |text| text.chars().count() <= 16,
};

static ADDRESS: Rule = Rule {
    wants: "an address, such as `https://login.example.com`",
    holds: |text| {
        text.split_once(':').is_some_and(|(scheme, rest)| {
            !rest.is_empty() && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        }) && !text.contains(char::is_whitespace)
    },
};

static HEADER: &[Key] = &[
    Key::new("name", Shape::TextBy(&HEADER_NAME), "The header"),
    Key::new(
        "values",
        Shape::List(&Shape::TextBy(&VALUE)),
        "What it may say",
    ),
];
static HEADER_SHAPE: Shape = Shape::Keys(HEADER, &["name", "values"]);

static CONDITIONS: &[Key] = &[
    Key::new(
        "header",
        Shape::Either(&[Shape::List(&HEADER_SHAPE), HEADER_SHAPE]),
        "What headers say",
    ),
    Key::new(
        "host",
        Shape::List(&Shape::TextBy(&HOST)),
        "Which host is asked",
    ),
    Key::new(
        "ip",
        Shape::List(&Shape::Text),
        "Where requests come from, such as `10.0.0.0/8`",
    ),
    Key::new("method", Shape::List(&Shape::TextBy(&METHOD)), "The method"),
    Key::new("path", Shape::List(&Shape::TextBy(&PATH)), "The path"),
    Key::new(
        "query",
        Shape::NamedBy(&VALUE, &Shape::TextBy(&VALUE)),
        "Parameters behind the `?`, each with its value",
    ),
];

static MATCHER: &[Key] = &[Key::new(
    "httpCode",
    Shape::TextBy(&CODES),
    "Statuses that are healthy; 200 when absent",
)];

static HEALTH: &[Key] = &[
    Key::new(
        "healthyThresholdCount",
        Shape::Whole(2, 10),
        "After how many good answers it is healthy",
    ),
    Key::new(
        "intervalSeconds",
        Shape::Whole(5, 300),
        "Seconds between two checks",
    ),
    Key::new(
        "matcher",
        Shape::Keys(MATCHER, &[]),
        "What a good answer is",
    ),
    Key::new(
        "path",
        Shape::TextBy(&HEALTH_PATH),
        "The path that is asked",
    ),
    Key::new(
        "timeoutSeconds",
        Shape::Whole(2, 120),
        "Seconds that a check may take",
    ),
    Key::new(
        "unhealthyThresholdCount",
        Shape::Whole(2, 10),
        "After how many bad answers it is not",
    ),
];

static KEYS: &[Key] = &[
    Key::new(
        "authorizer",
        Shape::List(&Shape::Text),
        "Who is let in: names of `provider.alb.authorizers`",
    ),
    Key::new(
        "conditions",
        Shape::Keys(CONDITIONS, &[]),
        "Which requests are meant",
    ),
    Key::new(
        "healthCheck",
        Shape::Either(&[Shape::Truth, Shape::Keys(HEALTH, &[])]),
        "Whether and how the function's health is checked",
    ),
    Key::new(
        "listenerArn",
        Shape::Either(&[Shape::TextBy(&LISTENER), Shape::Function]),
        "The load balancer's listener: an ARN, or a `Ref`",
    ),
    Key::new(
        "multiValueHeaders",
        Shape::Truth,
        "Whether headers and parameters come as lists",
    ),
    Key::new(
        "priority",
        Shape::Whole(1, 50_000),
        "The place of its rule among those of the listener",
    ),
    Key::new(
        "targetGroupName",
        Shape::TextBy(&GROUP_NAME),
        "The name of the target group",
    ),
];

/// `alb`.
pub(super) const ALB: Key = Key::new(
    "alb",
    Shape::Keys(KEYS, &["listenerArn", "priority", "conditions"]),
    "Requests to a load balancer",
);

const SETTING: Shape = Shape::Text;

static AUTHORIZER: &[Key] = &[
    Key::new(
        "type",
        Shape::Word(&["oidc", "cognito"]),
        "Whether an OpenID provider or a Cognito user pool knows callers",
    ),
    Key::new(
        "authorizationEndpoint",
        Shape::TextBy(&ADDRESS),
        "Where callers sign in; of `oidc`",
    ),
    Key::new("clientId", SETTING, "The client's id; of `oidc`"),
    Key::new("clientSecret", SETTING, "The client's secret; of `oidc`"),
    Key::new("issuer", Shape::TextBy(&ADDRESS), "The provider; of `oidc`"),
    Key::new(
        "tokenEndpoint",
        Shape::TextBy(&ADDRESS),
        "Where tokens are fetched; of `oidc`",
    ),
    Key::new(
        "userInfoEndpoint",
        Shape::TextBy(&ADDRESS),
        "Where callers are described; of `oidc`",
    ),
    Key::new("userPoolArn", provider::ARN, "The user pool; of `cognito`"),
    Key::new("userPoolClientId", SETTING, "Its client; of `cognito`"),
    Key::new("userPoolDomain", SETTING, "Its domain; of `cognito`"),
    Key::new(
        "onUnauthenticatedRequest",
        Shape::Word(&["allow", "authenticate", "deny"]),
        "What becomes of callers who have not signed in; `deny` when absent",
    ),
    Key::new(
        "requestExtraParams",
        Shape::Named(&Shape::Text),
        "Parameters that are sent along",
    ),
    Key::new("scope", SETTING, "What is asked of the provider"),
    Key::new("sessionCookieName", SETTING, "The cookie of the session"),
    Key::new(
        "sessionTimeout",
        Shape::Whole(0, u32::MAX as i64),
        "Seconds that a session holds",
    ),
];

static PROVIDER: &[Key] = &[
    Key::new(
        "targetGroupPrefix",
        Shape::TextBy(&PREFIX),
        "What names of target groups begin with",
    ),
    Key::new(
        "authorizers",
        Shape::Named(&Shape::Keys(AUTHORIZER, &["type"])),
        "Who is let in, by the name that events use",
    ),
];

/// `provider.alb`.
pub(super) const PROVIDER_ALB: Key = Key::new(
    "alb",
    Shape::Keys(PROVIDER, &[]),
    "Settings of load balancers",
);
